import { isElement, setAttribute, type Element } from '../tree/tree.js'
import type { Style } from './cascade.js'

/** Set on a list whose items stand beside each other; what is made of it is written when all have read the list. */
export const ROW = 'data-row'

const isList = ({ tagName }: Element): boolean => tagName === 'ul' || tagName === 'ol'

/** Whether an item stands beside the one before. */
const isBeside = ({ flow, float }: Style): boolean => flow === 'inline' || float === 'yes'

/** Marks the lists whose items the style sheets put in a row: as a flex box, in a line, or floating. */
export function markRows(styles: ReadonlyMap<Element, Style>): void {
  const beside = new Map<Element, number>()
  for (const [element, style] of styles) {
    if (isList(element)) {
      if (style.flow === 'flex' && style.axis !== 'column') setAttribute(element, ROW, '')
      continue
    }
    const { parentNode: list } = element
    if (element.tagName === 'li' && isBeside(style) && list !== null && isElement(list) && isList(list))
      beside.set(list, (beside.get(list) ?? 0) + 1)
  }
  for (const [list, count] of beside) {
    const isColumn = styles.get(list)?.flow === 'flex'
    if (!isColumn && count === list.childNodes.filter(isElement).length) setAttribute(list, ROW, '')
  }
}
