import { attribute, type Element } from '../tree/tree.js'

/** The names that Bootstrap, WordPress, Drupal, jQuery, the BBC and shops give to words for screen readers alone. */
const NAMES = new Set([
  ...['visually-hidden', 'visuallyhidden', 'u-visually-hidden', 'screen-reader-text', 'screen-reader-only'],
  ...['off-screen', 'offscreen', 'element-invisible', 'clipped']
])
/** And parts of such names: pdp-sr-only, rating__caption-sr_15, ui-helper-hidden-accessible. */
const PART = /(^|[-_])sr([-_]|$)|hidden-accessible/

/** Whether an element is for those who hear the page ("Image copyright", "Opens in a new tab"). */
export const isForReaders = (element: Element): boolean =>
  attribute(element, 'class')
    ?.split(/\s+/)
    .some(name => NAMES.has(name) || PART.test(name)) === true
