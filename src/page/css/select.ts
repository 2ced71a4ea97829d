import { matches, readSelector, type Effort } from './selector.js'
import { walk, type Element } from '../tree/tree.js'

/**
 * Comparisons of an element with a part of a selector that one call may cost: 0.1 s. After them nothing more is found.
 */
const MOST_COMPARISONS = 4_000_000

/**
 * The elements below root that match one of the selectors, in document order, without those within one that was found
 * already.
 */
export function select(root: Element, selectors: readonly string[]): Element[] {
  const effort: Effort = { left: MOST_COMPARISONS }
  const read = selectors.flatMap(text => readSelector(text) ?? [])
  const found: Element[] = []
  walk(root, element => {
    if (!read.some(selector => matches(element, selector, effort))) return effort.left > 0
    found.push(element)
    return false
  })
  return found
}
