import t from 'tap'
import { convertPage, jobFor, profileOf } from '../../../helpers/context.js'

const written = (markup: string): string =>
  Buffer.from(convertPage(jobFor(Buffer.from(`<!doctype html><title>L</title>${markup}`), profileOf('nav3'))).body)
    .toString('latin1')
    .replace(/\s+/g, ' ')

t.test('spaces of other widths keep words apart, also where nothing else stands between two elements', async t => {
  t.match(written('<p><i>4.4 stars</i>&thinsp;<span>272 people</span>'), /<I>4\.4 stars<\/I> 272 people/)
  t.match(written('<p><b>4.4</b>&emsp;stars <i>of 5&#8195;</i>in all'), /<B>4\.4<\/B> stars <I>of 5<\/I> in all/)
})
