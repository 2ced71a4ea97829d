import { charsetNamed } from '../charset/charsets.js'
import type { ClientRules } from './rules.js'
import type { Choices } from './settings.js'

/** What a person may want of images, by the name that forms and addresses have for it. */
const IMAGE_CHOICES: Readonly<Record<string, Pick<Choices, 'images' | 'colours'>>> = {
  inline: { images: 'inline' },
  mono: { images: 'inline', colours: 'mono' },
  16: { images: 'inline', colours: '16' },
  256: { images: 'inline', colours: '256' },
  jpeg: { images: 'inline', colours: 'jpeg' },
  sent: { images: 'inline', colours: 'sent' },
  links: { images: 'links' },
  off: { images: 'off' }
}

/** The name in IMAGE_CHOICES for what was chosen; empty if nothing was. */
export const imageChoiceOf = ({ images, colours }: Choices): string => colours ?? images ?? ''

type Values = Readonly<Record<string, string | undefined>>

/** Choices of a few fixed words: the field in forms and addresses, the choice, the words. */
const WORDS = [
  ['line', 'originalSource', ['bottom', 'top', 'off']],
  ['feeds', 'feedLinks', ['on', 'off']],
  ['archive', 'archiveLink', ['on', 'off']],
  ['figures', 'figures', ['on', 'off']],
  ['first', 'first', ['reader']],
  ['speed', 'speed', ['fast']],
  ['parts', 'parts', ['on', 'off']],
  ['cookies', 'cookies', ['own', 'jar', 'off']]
] as const satisfies ReadonlyArray<readonly [string, keyof Choices, readonly string[]]>

/**
 * The choices in the fields of a form or in the hints of an address; what is not one of the words that there are is
 * none.
 */
export function readChoices(
  values: Values,
  { profiles, displays }: Pick<ClientRules, 'profiles' | 'displays'>
): Choices {
  const { profile = '', display = '', charset = '', images = '' } = values
  const choices: Record<string, string> = {
    ...(profiles.has(profile) ? { profile } : {}),
    ...(displays.has(display) ? { display } : {}),
    ...(charsetNamed(charset) === undefined ? {} : { charset: charset.toLowerCase() }),
    ...(Object.hasOwn(IMAGE_CHOICES, images) ? IMAGE_CHOICES[images] : {})
  }
  for (const [field, choice, words] of WORDS) {
    const word = words.find(word => word === values[field])
    if (word !== undefined) choices[choice] = word
  }
  return choices
}
