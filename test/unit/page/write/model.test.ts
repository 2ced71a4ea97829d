import t from 'tap'
import { convertPage, jobFor, profileOf } from '../../../helpers/context.js'

const TERMS = '<dl><dt>Pier<dd>Where ships land, in all weathers<dt>Quay<dd><p>One of stone<p>with stairs</dl><p>More'

const written = (profile: string): string =>
  Buffer.from(convertPage(jobFor(Buffer.from(`<!doctype html><title>Ferry</title>${TERMS}`), profileOf(profile))).body)
    .toString('latin1')
    .replace(/\s+/g, ' ')

t.test(
  'text browsers get the ends of definitions: w3m nests the next term in one without, and all that follows',
  async t => {
    const page = written('text')
    t.match(page, /<DD>Where ships land, in all weathers<\/DD> ?<DT>Quay ?<DD>/)
    t.match(page, /with stairs<\/P><\/DD><\/DL> ?<P>More/)
  }
)

t.test('others do without', async t => {
  for (const profile of ['cern', 'mosaic', 'nav3', 'lite']) t.notMatch(written(profile), /<\/DD>/)
})
