import type { Block, Region, Survey } from '../../content/blocks.js'
import { lettersOf } from '../../content/words.js'
import { elements } from '../../tree/tree.js'

/** Fewer lines, and fewer words, take no more room than the line that leads to them. */
const LEAST_LINES = 3
const LEAST_WORDS = 15
/** More are the text itself. Lines. */
const MOST_LINES = 200
/** So many of the lines of a list of contents are headings of the text below. Share. */
const SAME = 0.75
/** A longer line is no heading. Words. */
const MOST_WORDS = 25

/**
 * What tells whether a region is a list of contents by what it says: the headings below it, once more. Its entries may be
 * links to elsewhere, or none where a script moves the page.
 */
export function createOutlines({ blocks }: Survey): (region: Region) => boolean {
  const headings = new Map<string, number>()
  blocks.forEach(({ heading, text }, at) => {
    if (heading > 0) headings.set(lettersOf(text), at)
  })
  const isSame = ({ text, heading, words }: Block, end: number): boolean =>
    heading === 0 && words <= MOST_WORDS && (headings.get(lettersOf(text)) ?? -1) >= end
  return ({ element, first, end, words, prose, images, controls }) => {
    const lines = end - first
    if (lines < LEAST_LINES || lines > MOST_LINES || words < LEAST_WORDS || 2 * prose > words || images > 0)
      return false
    if (controls > 0 && elements(element, 'input', 'select', 'textarea').length > 0) return false
    const same = blocks.slice(first, end).filter(line => isSame(line, end)).length
    return same >= LEAST_LINES && same >= SAME * lines
  }
}
