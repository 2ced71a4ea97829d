import t from 'tap'
import { childCount } from '../../../../src/page/tree/child-list.js'
import {
  append,
  createElement,
  createParent,
  createText,
  isElement,
  prepend,
  remove,
  removeWithParents,
  replace,
  replaceByAll,
  unwrap,
  wrapChildren,
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

t.test('children come first and last in a wide parent, read or not in between', t => {
  for (const isRead of [true, false]) {
    const { parent, children } = wideParent()
    const expected = names(parent)
    for (const at of [3, 1, 700, 1999, 4, 5, 6, 7, 8, 9, 10]) {
      prepend(parent, children[at]!)
      expected.unshift(...expected.splice(expected.indexOf(String(at)), 1))
      append(parent, children[at + 20] ?? children[0]!)
      expected.push(...expected.splice(expected.indexOf(String(children[at + 20] === undefined ? 0 : at + 20)), 1))
      if (isRead) t.strictSame(names(parent), expected, `${at}`)
    }
    prepend(parent, createText('x'))
    t.strictSame(names(parent), ['text', ...expected])
    t.ok(parent.childNodes.every(({ parentNode }) => parentNode === parent))
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

t.test('more children than a call takes arguments take the place of a node, come out of it and go into it', t => {
  const children = Array.from({ length: 200_000 }, () => createText('x'))
  const element = createParent('b', children)
  const parent = createElement('p', {}, createText('before'), element)
  unwrap(element)
  t.equal(parent.childNodes.length, 200_001)
  wrapChildren(parent, 'i')
  const [wrapper] = parent.childNodes
  t.ok(wrapper !== undefined && isElement(wrapper) && wrapper.childNodes.length === 200_001)
  const other = createElement('div', {}, createText('gone'))
  replaceByAll(other.childNodes[0]!, (wrapper as Element).childNodes)
  t.equal(other.childNodes.length, 200_001, 'children of another parent')
  t.equal((wrapper as Element).childNodes.length, 0)
  t.end()
})

t.test('children are counted while they change', t => {
  const { parent, children } = wideParent()
  t.equal(childCount(parent), MANY)
  for (const child of children.slice(0, 20)) remove(child)
  t.equal(childCount(parent), MANY - 20, 'without a read in between')
  t.equal(parent.childNodes.length, MANY - 20)
  t.equal(childCount(createElement('p', {}, createText('x'))), 1, 'of one that has few')
  t.end()
})
