import { matches, readSelector, type Effort } from './selector.js'
import { walk, type Element } from '../tree/tree.js'

/**
 * Comparisons of an element with a part of a selector, for one question; after so many nothing more is found. 0.1 s.
 */
const MOST_COMPARISONS = 4_000_000

/**
 * Elements below root that one of the selectors means, in document order; what stands in one that was found is part of
 * it.
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
