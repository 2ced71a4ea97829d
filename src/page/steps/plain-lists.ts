import type { Step } from '../step.js'
import { append, createElement, elements, insertBefore, isElement, isText, type Element, type Node } from '../tree.js'

const isBlank = (node: Node): boolean => isText(node) && node.value.trim() === ''
const isItem = (node: Node): node is Element => isElement(node) && node.tagName === 'li'
const isList = (node: Node | Element['parentNode']): boolean => node !== null && isElement(node) && (node.tagName === 'ul' || node.tagName === 'ol')

/** Puts items that stand outside a list into one, with the items that follow them. */
export const plainLists: Step = {
  name: 'plain-lists',
  run ({ body, names }) {
    if (!names.has('li')) return
    for (const item of elements(body, 'li')) {
      const parent = item.parentNode
      if (parent === null || isList(parent)) continue
      const list = createElement('ul')
      insertBefore(list, item)
      const from = parent.childNodes.indexOf(item)
      const rest = parent.childNodes.slice(from)
      const end = rest.findIndex(node => !isItem(node) && !isBlank(node))
      for (const node of end < 0 ? rest : rest.slice(0, end)) append(list, node)
    }
  }
}
