import t from 'tap'
import { parse } from '../../src/page/tree/parse.js'
import { isElement, type Node } from '../../src/page/tree/tree.js'
import { documentOf, grow, type CostCase } from '../fuzz/cost.js'
import { convertPage, cpuMilliseconds, jobFor, profileOf } from '../helpers/context.js'

// Elements in each other: time grows with size. Documents that nobody has thought of are in test/fuzz/cost.test.ts.

const IN_EACH_OTHER: Readonly<Record<string, string | CostCase>> = {
  B: '<b>x',
  SPAN: '<span>x',
  'lines that are said again': '<div id=a{}>Lamps that last<p>Lamps that last</p>',
  'items that are said again': '<div>Lamps that last<p>Lamps that last</p>',
  FONT: '<font color=#{}>x',
  'A and DIV': '<a href={}>x<div>',
  BLOCKQUOTE: '<blockquote>x',
  lists: '<ul><li>x',
  definitions: '<dl><dt>a<dd>x',
  tables: '<table><tr><td>x',
  captions: '<table><caption>x',
  'phrases that cross': '<p><b><i>x',
  'phrases around blocks': { piece: '<b><div>x', end: '</b>y' },
  'links around blocks': { piece: '<b><p>x</b>y', profile: 'html4' },
  objects: '<object>x',
  videos: '<video>x',
  dialogs: '<dialog>x',
  'hidden blocks': '<div style="display:none">x',
  'running lines': '<div class=marquee>Lamps that last</div><div class=marquee>Lamps that last',
  'styled phrases': '<span style="font-weight:bold;white-space:pre">x\n',
  drawings: '<svg>x',
  'fields in a drawing': { piece: '<input>x', before: '<svg>' },
  'sources in a formula': { piece: '<source>x', before: '<math>' },
  shapes: { piece: '<g><title>t</title>', before: '<svg>' },
  formulas: { piece: '<mrow><mi>x</mi>', before: '<math>' },
  ruby: '<ruby>a<rt>b',
  templates: '<template>x',
  NOSCRIPT: '<noscript>x',
  selections: '<select><option>x',
  'loose items': { piece: '<li><figcaption></li>“<dialog>', profile: 'html4' },
  menus: '<nav><a href={}>a</a><a href=b>b</a><a href=c>c</a><a href=d>d</a>',
  'unknown elements': '<x-{}>x',
  'blocks for a reader': { piece: '<div><p>text, text, text text text text text.</p>', view: 'reader' },
  'posts for a reader': {
    piece: '<div class="post post-body"><b class=author>a{}</b>text, text {}',
    view: 'reader'
  },
  'quotations for a reader': {
    piece:
      '<div class="comment vote"><a href=/users/a{}>a{}</a> 3 May 2009<div class="comment-body md"><div class=quote>text',
    view: 'reader'
  },
  'comments for a reader': { piece: '<div class=comment>Ada{}, 3 May 2009<p>text, text {}</p>', view: 'reader' },
  'definitions for a reader': { piece: '<dl><dt>Ada {} said:<dd class=comment-body>text {}', view: 'reader' },
  'columns for a reader': { piece: '<div class=right><h3>x</h3><p>text, text text text text {}.</p>', view: 'reader' },
  'preformatted texts for a reader': { piece: '<pre>x [ ] {}</pre><font><pre>x { }', view: 'reader' },
  'asides for a reader': { piece: '<p>text, text {}</p><nav>', view: 'reader' },
  'entries for a reader': {
    piece: '<div><a href={}>a</a><a href=b>b</a><a href=c>c</a><a href=d>d</a>',
    view: 'reader'
  },
  'lists in a menu': { piece: '<ul><li><a href=x>x</a>', view: 'menu' }
}

t.test('elements in each other', t => grow(t, IN_EACH_OTHER))

/** Pieces in the innermost of wrappers, and how much more than in ten of those they may cost in a hundred and fifty. */
const MANY_PIECES = 20_000
const MOST_TIMES = 3

const IN_THE_INNERMOST: Readonly<Record<string, { wrapper: string; piece: string; view?: 'reader' }>> = {
  lists: { wrapper: '<ul>', piece: '<li>x' },
  'comments for a reader': {
    wrapper: '<div class=comment>',
    piece: '<p>Each of these lamps was lit for us by somebody else.',
    view: 'reader'
  },
  'hidden blocks': { wrapper: '<div hidden>', piece: '<a href=/{}>lamp {}</a> ' },
  'closed dialogs': { wrapper: '<div role=dialog aria-modal=true>', piece: '<p><a href=/{}>lamp {}</a> ' },
  'lists of links': { wrapper: '<ul>', piece: '<li><a href="?page={}">{}</a>' }
}

t.test('what the innermost of many holds costs no more than in a few', t => {
  for (const [name, { wrapper, piece, view = 'page' }] of Object.entries(IN_THE_INNERMOST)) {
    const cost = (depth: number): number => {
      const markup = documentOf({ before: `<!doctype html><p>lamps${wrapper.repeat(depth)}`, piece }, MANY_PIECES)
      const before = cpuMilliseconds()
      convertPage(jobFor(Buffer.from(markup), profileOf('nav3'), { view }))
      return cpuMilliseconds() - before
    }
    cost(10)
    const few = cost(10)
    const many = cost(150)
    t.ok(many < MOST_TIMES * few, `${name}: ${Math.round(few)} ms in ten, ${Math.round(many)} ms in 150`)
  }
  t.end()
})

function deepest(root: { childNodes: Node[] }): number {
  let most = 0
  const waiting = root.childNodes.map(node => ({ node, depth: 1 }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next
    most = Math.max(most, depth)
    if (isElement(node)) for (const child of node.childNodes) waiting.push({ node: child, depth: depth + 1 })
  }
  return most
}

t.test('no tree is deep, and nothing that lies deep is lost', t => {
  for (const [name, given] of Object.entries(IN_EACH_OTHER)) {
    const { document } = parse(documentOf(typeof given === 'string' ? { piece: given } : given, 3000), 100_000)
    t.ok(deepest(document) <= 420, `${name}: ${deepest(document)} elements in each other`)
  }
  for (const tag of ['div', 'b', 'ul', 'table', 'x-y', 'blockquote', 'p', 'a', 'td']) {
    const words = JSON.stringify(
      parse(documentOf({ piece: `<${tag} id=i{}>w{};` }, 2000), 100_000).document.childNodes,
      (key, value: unknown) => (key === 'parentNode' ? undefined : value)
    )
    for (const at of [0, 150, 199, 200, 201, 999, 1999]) t.ok(words.includes(`w${at};`), `${tag}: word ${at}`)
  }
  t.end()
})

t.test('a reader of much shows all of it', t => {
  for (const many of [
    { piece: '<p>word {}, and more of them, and more, and more.</p>', before: '<p>around</p><article>' },
    { piece: '<p>word {}, and more of them.</p><div>', before: '<article>' }
  ]) {
    const markup = documentOf(many, 16_000)
    const text = Buffer.from(
      convertPage(jobFor(Buffer.from(markup), profileOf('nav3'), { view: 'reader' })).body
    ).toString('latin1')
    t.match(text, /word 15999/)
    t.notMatch(text, /around/)
  }
  t.end()
})
