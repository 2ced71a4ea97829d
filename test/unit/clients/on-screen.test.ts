import t from 'tap'
import { onScreen } from '../../../src/clients/on-screen.js'
import { convertPage, displayOf, jobFor, profileOf } from '../../helpers/context.js'

t.test('lines and fields of a profile are no wider than the screen', t => {
  const pda = profileOf('pda')
  t.equal(onScreen(pda, displayOf('pda160')).preColumns, 25)
  t.equal(onScreen(pda, displayOf('pda240')).preColumns, 37)
  t.equal(onScreen(pda, displayOf('col256')), pda, 'a wide screen changes nothing')
  t.equal(onScreen(pda, { ...displayOf('pda160'), width: 10 }).preColumns, 20, 'a width that no screen has')
  t.end()
})

t.test('a page for a Palm has no field and no line of PRE that is wider than it', t => {
  const old = `<form action=/go><input name=a size=60> <input name=b size=12> <textarea name=c cols=70></textarea></form>
<pre>One line of a listing that is longer than any Palm is wide</pre>`
  const modern = `<!doctype html><main>${old}</main>`
  const shown = (page: string, display: string): string =>
    Buffer.from(
      convertPage(jobFor(Buffer.from(page), profileOf('pda'), { display: displayOf(display) })).body
    ).toString()
  const widths = (html: string): string[] => [...html.matchAll(/(?:SIZE|COLS)=(\d+)/g)].map(([, width = '']) => width)
  for (const page of [old, modern]) {
    const palm = shown(page, 'pda160')
    t.same(widths(palm), ['21', '12', '21'])
    const lines = /<PRE>([^]*)<\/PRE>/.exec(palm)?.[1]?.split('\n') ?? []
    t.ok(lines.length > 1 && lines.every(line => line.trimEnd().length <= 25), JSON.stringify(lines))
    t.same(widths(shown(page, 'col256')), ['36', '12', '36'], 'a wide screen')
  }
  t.end()
})
