import { appendAll, createElement, isBlank, isElement, replace, type Element } from '../tree/tree.js'

/** The only item of a list without numbers. */
function loneItem({ tagName, childNodes }: Element): Element | undefined {
  if (tagName !== 'ul') return undefined
  const [item, ...others] = childNodes.filter(node => !isBlank(node))
  return item !== undefined && isElement(item) && item.tagName === 'li' && others.length === 0 ? item : undefined
}

/** Writes a list of one entry as a part of what it stands in: no bullet leads it. */
export function freeLoneItem(list: Element): void {
  const item = loneItem(list)
  if (item === undefined) return
  const line = createElement('div')
  appendAll(line, item.childNodes)
  replace(list, line)
}
