import type { Region } from '../content/blocks.js'
import { attribute, elements } from '../tree/tree.js'

/** A form with more text says something else too. Words. */
const MOST_WORDS = 60

/** Whether a region is a form for those who have an account: it asks for a password. */
export const isLogIn = ({ element, words, controls }: Region): boolean =>
  element.tagName === 'form' &&
  controls > 0 &&
  words <= MOST_WORDS &&
  elements(element, 'input').some(field => attribute(field, 'type')?.toLowerCase() === 'password')
