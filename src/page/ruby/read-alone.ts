import {
  appendAll,
  createText,
  elements,
  isElement,
  remove,
  rename,
  prepend,
  textOf,
  type Element,
  type Node
} from '../tree/tree.js'

const isNamed = (node: Node, name: string): node is Element => isElement(node) && node.tagName === name

/** Puts a reading in the place of its base, in the link that the base is. */
function takePlace(reading: Element, base: readonly Node[]): void {
  rename(reading, 'span', {})
  // The words around it are written without spaces too: わたしの(watashino) 名前(namae).
  prepend(reading, createText(' '))
  const link = base.filter(isElement).flatMap(node => (node.tagName === 'a' ? [node] : elements(node, 'a')))[0]
  if (link === undefined) return base.forEach(remove)
  link.childNodes = []
  appendAll(link, [reading])
}

function readRuby(ruby: Element, canWrite: (text: string) => boolean): void {
  let base: Node[] = []
  let alone = false
  for (const node of [...ruby.childNodes]) {
    if (isNamed(node, 'rp')) continue
    if (!isNamed(node, 'rt')) {
      base.push(node)
      continue
    }
    const text = base.map(part => (isElement(part) ? textOf(part) : 'value' in part ? part.value : '')).join('')
    if (/\S/.test(textOf(node)) && !canWrite(text)) {
      takePlace(node, base)
      alone = true
    }
    base = []
  }
  if (alone) for (const node of [...ruby.childNodes]) if (isNamed(node, 'rp')) remove(node)
}

/**
 * Writes the reading alone where the client's charset lacks the base of a RUBY: one transliterates kanji as Chinese,
 * and the reading is what they are in Japanese.
 */
export function readAlone(body: Element, fold: (text: string) => string): void {
  const canWrite = (text: string): boolean => fold(text) === text
  for (const ruby of elements(body, 'ruby')) readRuby(ruby, canWrite)
}
