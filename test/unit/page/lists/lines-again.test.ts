import t from 'tap'
import { LinesAgain } from '../../../../src/page/lists/lines-again.js'
import { parse } from '../../../../src/page/tree/parse.js'
import {
  bodyOf,
  elements,
  isElement,
  pushChildren,
  textOf,
  type Element,
  type Node
} from '../../../../src/page/tree/tree.js'
import { isLinear } from '../../../helpers/cost.js'

const bodyWith = (markup: string): Element => bodyOf(parse(`<body>${markup}`, 1_000_000).document)!

function withoutLinesAgain(body: Element): Element {
  const lines = new LinesAgain()
  const stack: Node[] = []
  pushChildren(stack, body)
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    lines.see(node)
    if (isElement(node)) pushChildren(stack, node)
  }
  lines.remove(body)
  return body
}

t.test('blocks that only held a line which is said again go, but for those that links lead to', t => {
  const body = withoutLinesAgain(
    bodyWith('<p>Lamps</p><div>Lamps</div><p>Wicks</p><div id=w>Wicks</div><p>Oil</p><div>Oil<i id=o></i></div>')
  )
  t.equal(textOf(body), 'LampsWicksOil')
  t.same(
    elements(body, 'div').map(({ attrs }) => attrs.length),
    [1, 0],
    'a place within a block keeps it as well'
  )
  t.end()
})

t.test('its time grows with the size of an item whose lines are said again', t => {
  const shape = (n: number) => {
    const markup = `<ul><li>${'<i></i>'.repeat(n)}${'<ul><li>Lamps</ul>Lamps'.repeat(n)}`
    return () => void withoutLinesAgain(bodyWith(markup))
  }
  isLinear(t, 'an item that begins with elements without words', shape, { from: 512, largest: 16_384 })
  t.end()
})
