import type { PageContext } from '../step.js'
import { attribute, closest, isElement, textStart, type Element } from '../tree/tree.js'
import { hasText } from '../tree/holders.js'
import { answerSign } from './answer-sign.js'
import { meantBy } from './file-name.js'
import { hasWordsBeside } from './icon.js'

/** Lynx and Contiki show ALT in one line: longer ones are cut. Characters. */
const ALT_CHARACTERS = 60

/**
 * The number of ancestors whose text is searched for an ALT, and how much of it, in how many elements and texts: cards
 * repeat their title as ALT. Levels, characters, nodes.
 */
const NEAR_LEVELS = 4
const NEAR_CHARACTERS = 400
const NEAR_NODES = 300

const CELLS = new Set(['td', 'th'])

const withoutSpace = (text: string): string => text.replace(/\s+/g, '')

/** Whether the text near an image says the same as its ALT, in one of its forms, be it in lines of which only styles know. */
function isRepeated(forms: readonly string[], image: Element): boolean {
  const words = [...new Set(forms.map(withoutSpace))]
  let around: Element['parentNode'] = image.parentNode
  let isBeyondCell = false
  for (
    let level = 0;
    level < NEAR_LEVELS && around !== null && isElement(around) && around.tagName !== 'body';
    level++
  ) {
    const text = withoutSpace(textStart(around, NEAR_CHARACTERS, NEAR_NODES).slice(0, NEAR_CHARACTERS * 2))
    if (words.some(said => (isBeyondCell ? text.replaceAll(`[${said}]`, '') : text).includes(said))) return true
    // What the picture of another cell says is said of another thing.
    isBeyondCell ||= CELLS.has(around.tagName)
    if (around.tagName === 'tr') return false
    around = around.parentNode
  }
  return false
}

/** What an ALT says of a sign: that it is one. "Email icon" */
const SIGN = /(?:^|(?<=\S) )(?:icons?|icône|icono)$/i

/** What is said around the name of somebody whose portrait it is: "Profile photo for Ada user", "Ada's avatar" */
const BEFORE_NAME =
  /^(?:(?:profile )?(?:photo|picture|image|pic)|avatar|gravatar|portrait|headshot) (?:for|of|by) (?:user )?/i
const BEHIND_NAME =
  /(?:['’]s)? (?:(?:user )?(?:avatar|gravatar)|profile (?:photo|picture|image|pic)|headshot|portrait)$| user$/i

/** The name of somebody in the ALT of a portrait; undefined for any other ALT. */
function personIn(alt: string): string | undefined {
  const name = alt.replace(BEFORE_NAME, '').replace(BEHIND_NAME, '')
  return name === alt || name === '' ? undefined : name
}

/** The words of an ALT; a sign beside the words that it stands for says nothing, and one alone what it shows. */
function saidOf(image: Element): string {
  const alt = meantBy((attribute(image, 'alt') ?? attribute(image, 'title') ?? '').replace(/\s+/g, ' ').trim())
  if (!/[\p{L}\p{N}\p{S}]/u.test(alt)) return ''
  if (!SIGN.test(alt)) return alt
  const holder = closest(image, 'a', 'td', 'th', 'li')
  const isNeeded = holder !== undefined && !hasText(holder)
  return !isNeeded && hasWordsBeside(image) ? '' : alt.replace(SIGN, '') || alt
}

/** The ALT in the client's charset, where one character may become several. */
export function altOf(image: Element, fold: PageContext['fold']): string {
  const alt = saidOf(image)
  if (alt === '') return answerSign(image) ?? ''
  const said = fold(alt)
  const short = said.length <= ALT_CHARACTERS ? alt : `${said.slice(0, ALT_CHARACTERS - 3)}...`
  const person = personIn(alt)
  return isRepeated([alt, short, person ?? alt], image) ? '' : short
}
