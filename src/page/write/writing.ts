import type { Encoder } from '../../charset/encoder.js'
import type { Profile } from '../../clients/profile.js'
import type { Writing } from './attributes.js'

/** Printable ASCII that needs no escaping, which is most text of most pages. */
const PLAIN = /^[ -%'-;=?-~]*$/

const SPECIAL = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F&<>]/
export const CONTROLS = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/g

/**
 * The content of empty cells, if the charset has it: a no-break space, or the wide space of Chinese, Japanese and
 * Korean.
 */
const FILLERS = ['\u00A0', '\u3000']

/** What the border of a field takes, or its brackets on a screen of characters. Characters. */
const FIELD_BORDER = 4

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/**
 * Replaces markup characters for Contiki, which shows a space for every reference, and nothing of what is between & and
 * a space.
 */
const spellMarkup = (text: string): string => {
  const spelt = text.replaceAll('<', '(').replaceAll('>', ')')
  return spelt.includes('&')
    ? spelt
        .replace(/&(?! \S)/g, ' and ')
        .replace(/ {2,}/g, ' ')
        .trim()
    : spelt
}

/** Makes the functions that escape text for one kind of client. */
export function createWriting(profile: Profile, encoder: Encoder, shorten: Writing['shorten']): Writing {
  // Old browsers take the numbers of references as those of Latin-1.
  const reference = profile.text.references && encoder.charset.toLowerCase() === 'iso-8859-1'
  const escaped = profile.text.escapes ? escapeMarkup : spellMarkup
  const filler = FILLERS.find(filler => encoder.fold(filler) === filler) ?? ' '
  return {
    filler: reference && filler !== ' ' ? `&#${filler.charCodeAt(0)};` : filler,
    columns: profile.preColumns - FIELD_BORDER,
    model: profile.html,
    ampersand: profile.ampersand,
    shorten,
    fold: value => (PLAIN.test(value) ? value : encoder.fold(value).replace(CONTROLS, '')),
    text(value) {
      if (PLAIN.test(value)) return value
      let text = encoder.fold(value)
      if (SPECIAL.test(text)) text = escaped(text.replace(CONTROLS, ''))
      return reference && /[^\0-\x7E]/.test(text)
        ? text.replace(/[^\0-\x7E]/g, character => `&#${character.codePointAt(0) ?? 0};`)
        : text
    }
  }
}
