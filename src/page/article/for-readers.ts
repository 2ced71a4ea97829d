import { attribute, type Element } from '../tree/tree.js'

/** What Bootstrap, WordPress, themes, Drupal, jQuery, the BBC and shops call words for machines or screen readers. */
const NAMES = new Set([
  ...['visually-hidden', 'visuallyhidden', 'u-visually-hidden', 'screen-reader-text', 'screen-reader-only'],
  ...['off-screen', 'offscreen', 'element-invisible', 'clipped', 'rich-snippet-hidden']
])
/** And parts of such names: pdp-sr-only, rating__caption-sr_15, ui-helper-hidden-accessible. */
const PART = /(^|[-_])sr([-_]|$)|hidden-accessible/

/** What is in each of them: most classes have none of it, and need not be taken apart. */
const HINT = /hidden|sr|screen|invisible|clipped/

/** Whether an element is for those who hear the page ("Image copyright", "Opens in a new tab"). */
export function isForReaders(element: Element): boolean {
  const classes = attribute(element, 'class') ?? ''
  return HINT.test(classes) && classes.split(/\s+/).some(name => NAMES.has(name) || PART.test(name))
}
