import type { Block, Region } from '../content/blocks.js'
import { isTyped, typeOf } from '../forms/controls.js'
import { attribute, closest, elements } from '../tree/tree.js'

/** How a site asks its readers to have its letters sent, in a paragraph of its own. */
const LETTERS =
  /\b(sign up|subscribe|register)\b.{0,20}\b(for|to|our|my|the)\b.{0,60}\b(newsletters?|mailing list|e-?mails?|inbox)\b|\b(abonnier|melde[nt]? (dich|sie sich)|abonnez|inscrivez|suscr[ií]bete|inscreva|iscriviti|schrijf (je|u) in)\b.{0,60}\b(newsletter|infolettre|bolet[ií]n|nieuwsbrief)\b/i
const MOST_LETTER_WORDS = 45
/** Whether a block asks to have the letters of a site sent, and says little besides; not on a page about such letters. */
export const asksToSubscribe = (block: Block, title: string): boolean =>
  block.heading === 0 &&
  block.words <= MOST_LETTER_WORDS &&
  LETTERS.test(block.text) &&
  !/newsletter|mailing|subscri/i.test(title)

/** Names of fields for somebody's address */
const ADDRESS = /e-?mail|phone|\btel\b/i

/** Whether a region holds a form, and not a part of one, in which a site asks for somebody's address; not to log in. */
export function asksForAddress({ element, controls }: Region): boolean {
  if (controls === 0 || closest(element, 'form') !== undefined) return false
  const fields = elements(element, 'input').filter(field => closest(field, 'form') !== undefined)
  return (
    fields.some(
      field => typeOf(field) === 'email' || (isTyped(field) && ADDRESS.test(attribute(field, 'name') ?? ''))
    ) && !fields.some(field => typeOf(field) === 'password')
  )
}
