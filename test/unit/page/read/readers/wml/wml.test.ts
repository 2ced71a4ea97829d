import { serialize } from 'parse5'
import t from 'tap'
import { readWml } from '../../../../../../src/page/read/readers/wml/wml.js'
import { readDocument } from '../../../../../../src/page/read/readers.js'

const deck = (inner: string): string =>
  readWml({ text: `<wml>${inner}</wml>`, type: 'text/vnd.wap.wml', name: 'a.wml', columns: 80 })
const shown = (text: string, type: string, name = 'a'): string => {
  const limits = { columns: 80, maxElements: 1000 }
  return serialize(readDocument(Buffer.from(text), type, new URL(`http://a.test/${name}`), limits).document)
}

t.test('what leads on', t => {
  t.match(
    deck('<card><p><anchor>On<go href="/b.wml?a=1&amp;c=2"/></anchor></p></card>'),
    /<a href="\/b\.wml\?a=1&amp;c=2">On</
  )
  t.match(
    deck('<card><do type="accept"><go href="/b" method="get"><postfield name="n" value="x y"/></go></do></card>'),
    /<a href="\/b\?n=x%20y">Go</
  )
  t.notMatch(deck('<card><do type="prev" label="Back"><prev/></do></card>'), /Back/, 'a browser has its own')
  t.match(deck('<card ontimer="/b.wml"><timer value="25"/></card>'), /refresh" content="3;url=\/b\.wml"/)
  t.notMatch(deck('<card ontimer="#b"><timer value="25"/></card><card id="b"/>'), /refresh/, 'it is on this page')
  t.end()
})

t.test('fields', t => {
  const form = deck(`<card><input name="user"/><input name="key" type="password"/>
<do type="accept" label="In"><go href="/in" method="post"><postfield name="u" value="$(user:e)"/><postfield name="k" value="$key"/><postfield name="v" value="2"/></go></do>
<do type="options" label="Lost"><go href="/lost" method="post"><postfield name="u" value="$user"/></go></do></card>`)
  t.match(form, /<form action="\/in" method="post"><input type="hidden" name="v" value="2">/)
  t.match(form, /type="text" name="u".*type="password" name="k"/s)
  t.match(form, /<button type="submit" formaction="\/lost" formmethod="post">Lost</)
  t.equal(form.split('<form').length, 2, 'in one form')
  t.match(deck('<card><input name="q"/><a href="/find?w=$(q)">Find</a></card>'), /name="q"/)
  t.end()
})

t.test('decks that are not right', t => {
  t.match(
    deck('<card title="A & B"><p>x &nbsp; $$5 $(none)<a href="/b?c=1&d=2">y</card>'),
    /A &amp; B.*x .* \$5 <a href="\/b\?c=1&amp;d=2">y<\/a>/s
  )
  t.match(deck('<p>No card</p>'), /<p>No card<\/p>/)
  t.notMatch(
    deck(
      '<card title="&lt;script>"><p a="&lt;">&lt;script></p><do label="&lt;script>"><go href="&quot;>&lt;script>"/></do></card>'
    ),
    /<script/
  )
  t.throws(() => deck('<b>'.repeat(300)), /too deep/)
  t.match(
    shown(`<?xml version="1.0"?><wml>${'<b>'.repeat(300)}</wml>`, 'text/vnd.wap.wml'),
    /&lt;b&gt;/,
    'shown as text'
  )
  t.end()
})

t.test('what says that it is one', t => {
  const text = '<?xml version="1.0"?><wml><card title="Here"><p>x</p></card></wml>'
  for (const [type, name] of [
    ['text/vnd.wap.wml', 'a'],
    ['text/html', 'a'],
    ['application/xml', 'a'],
    ['text/plain', 'a.wml']
  ] as const)
    t.match(shown(text, type, name), /<h1>Here<\/h1><p>x<\/p>/, `${type} ${name}`)
  t.end()
})
