import { parse as bareParse, serialize } from 'parse5'
import t from 'tap'
import { parse } from '../../../../src/page/tree/parse.js'
import { random } from '../../../helpers/context.js'

const TAGS = [
  '<p a b=c d="e f" g=\'h "i\' j=k/l>x</p>',
  '<p a=1 a=2 A=3 b b="4">x',
  '<p\tid=a\nclass="b"\ftitle=c>x',
  '<p id=a\r\nclass="b\r\nc" title=\'d\re\'>x',
  '<P ID=A Class="b">x</P>',
  '<p a="1"b=\'2\'c=3>x',
  '<p a = "1" b= 2 c ="3">x',
  '<p a="&lt;b&amp;c" d=&copy e="f&ampg" h=\'&#65;\'>x',
  '<p a= b=>x',
  '<p a=b"c d=`e f=g=h>x',
  '<p a="b" /><br/><br /><br a=b/><img src=a/ alt>x',
  '<p / a=b/ c>x',
  '<p =a b==c "d" e\'f <g>x',
  '<p a="\0b" c\0d=e\0f>x',
  '<p é="ü" title="灯台 🗼" data-🗼=a>x',
  '<p x:y=1 @a=b :c=d data-e_f.g=h>x',
  '<x-y a=b>x</x-y><h1 a>y</h1 b=c>z</p a="b">',
  '<svg viewBox="0 0 1 1" definitionurl=a xlink:href="#b"><path d="M0 0"/><foreignObject><p a=b>x</svg>',
  '<textarea rows=2>\n<p a=b></textarea><p>x',
  '<p a="b',
  "<p a='b",
  '<p a=b',
  '<p a',
  '<p a ',
  '<p',
  '<p a="b"',
  '<p a/',
  `<p ${Array.from({ length: 100 }, (_, at) => `a${at % 70}="${at}"`).join(' ')}>x`
]

t.test('tags are read as parse5 reads them', async t => {
  for (const tag of TAGS)
    for (const html of [tag, `y${tag}`, `<div a="b">${tag}</div><p c=d>z`])
      t.equal(serialize(parse(html, 1000).document), serialize(bareParse(html, { scriptingEnabled: false })), html)
})

t.test('and so are tags put together at random, the same in every run', async t => {
  const PIECES = [
    ...'<>"\'=/ \n\t\f\r&A\0é`-!?'.split(''),
    ...['a', 'b=c', ' d="e"', " f='g", '</', '/>', '<b ', '&amp;', '&lt', '&#65;', ' = ', 'h1', ':x', '<svg/', '🗼']
  ]
  const below = random(9)
  const different: string[] = []
  for (let tag = 0; tag < 3000; tag++) {
    const pieces = Array.from({ length: 2 + below(14) }, () => PIECES[below(PIECES.length)])
    const html = `<i ${pieces.join('')}>x`
    const ours = serialize(parse(html, 1000).document)
    // Comments are not kept.
    const theirs = serialize(bareParse(html, { scriptingEnabled: false })).replace(/<!--[^]*?-->/g, '')
    if (ours !== theirs) different.push(html)
  }
  t.same(different, [])
})
