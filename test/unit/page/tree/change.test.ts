import t from 'tap'
import {
  append,
  createElement,
  createText,
  isElement,
  remove,
  removeWithParents,
  replace,
  type Element
} from '../../../../src/page/tree/tree.js'

/** More children than a parent has that keeps them in a plain array. */
const MANY = 2000

function wideParent(): { readonly parent: Element; readonly children: Element[] } {
  const children = Array.from({ length: MANY }, (_, at) => createElement('img', { alt: String(at) }))
  return { parent: createElement('p', {}, ...children), children }
}

const names = ({ childNodes }: Element): string[] =>
  childNodes.map(node => (isElement(node) ? (node.attrs[0]?.value ?? node.tagName) : 'text'))

t.test('children of a wide parent are replaced and removed in any order, read or not in between', t => {
  for (const isRead of [true, false]) {
    const { parent, children } = wideParent()
    const expected = names(parent)
    for (const at of [5, 6, 1999, 0, 7, 1000, 8, 9, 10, 11, 12, 13, 14, 15, 16]) {
      const text = createText('x')
      replace(children[at]!, text)
      t.equal(text.parentNode, parent)
      t.equal(children[at]!.parentNode, null)
      expected[at] = 'text'
      if (isRead) t.strictSame(names(parent), expected, `${at}`)
    }
    replace(children[20]!, createText('a'), createText('b'))
    replace(children[30]!)
    remove(children[40]!)
    expected.splice(40, 1)
    expected.splice(30, 1)
    expected.splice(20, 1, 'text', 'text')
    t.strictSame(names(parent), expected, 'two for one, none for one')
  }
  t.end()
})

t.test('what held nothing but what is removed goes as well', t => {
  const [first, second, third] = ['a', 'b', 'c'].map(alt => createElement('img', { alt }))
  const emptied = createElement('p', {}, first!, createText(' '), second!)
  const kept = createElement('p', {}, third!, createText('words'))
  const body = createElement('body')
  for (const paragraph of [emptied, kept]) append(body, paragraph)
  removeWithParents([first!, second!, third!], 'p')
  t.strictSame(body.childNodes, [kept])
  t.equal(kept.childNodes.length, 1)
  t.end()
})
