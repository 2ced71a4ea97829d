import type { OpenElement } from '../write/open-element.js'
import type { TextCut } from './text-cuts.js'

// The penalties of places to cut a page: 0 is the best, and 1 is as bad as a part of no length.

/** Before the start of an element. */
export const BEFORE: Readonly<Record<string, number>> = {
  H1: 0,
  H2: 0,
  H3: 0.02,
  LI: 0.15,
  DT: 0.15,
  TR: 0.15,
  DD: 0.3,
  TD: 1,
  TH: 1,
  CAPTION: 2
}
export const BEFORE_RULE = 0.05
/** Before any other block, in text, and where nothing else is left. */
export const BEFORE_BLOCK = 0.1
export const AFTER_BLOCK = 0.2
export const AT_BREAK = 0.25
export const AT_LINE = 0.3
export const AT_SPACE = 0.6
const AT_SPACE_IN_PRE = 1.2
export const BEFORE_ATOM = 3
const IN_WORD = 4
export const BEFORE_NAME = 5
export const BEFORE_EMPTY_NAME = 20
/**
 * Penalties that are added: for each level and each table, for a heading that would stand alone, for cells that span
 * down, for a link and for a form.
 */
const EACH_LEVEL = 0.02
const EACH_TABLE = 0.2
export const AFTER_HEADING = 0.5
export const IN_SPANNED_ROWS = 0.4
const IN_LINK = 0.3
const IN_WHOLE_FORM = 10

/** In text, and in text of PRE. */
export const IN_TEXT: Readonly<Record<TextCut['kind'], number>> = { line: AT_LINE, space: AT_SPACE, word: IN_WORD }
export const IN_PRE: Readonly<Record<TextCut['kind'], number>> = { ...IN_TEXT, space: AT_SPACE_IN_PRE }

/** The penalty for the elements around a place. */
export const penaltyWithin = (open: OpenElement | undefined): number =>
  open === undefined
    ? 0
    : EACH_LEVEL * open.depth +
      EACH_TABLE * open.tables +
      (open.inLink ? IN_LINK : 0) +
      (open.form === 'whole' ? IN_WHOLE_FORM : 0)
