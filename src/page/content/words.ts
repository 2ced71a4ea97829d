import type { Element } from '../tree/tree.js'

/** Letters of these scripts are counted as half a word each: they are written without spaces. */
const UNSPACED = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]/
/** Text of ASCII and the quotes and dashes of printers alone, as most is, takes a third of the time. */
const PLAIN = /^[\0-\x7f\xa0\u2000-\u206f]*$/

/** Names of an element beyond these say nothing new, and long ones are made by programs. */
const MOST_NAMES = 24
const NAME_CHARACTERS = 300
const NAMED = new Set(['class', 'id', 'role', 'itemprop', 'itemtype'])

const isWordCode = (code: number): boolean =>
  (code > 47 && code < 58) || (code > 64 && code < 91) || (code > 96 && code < 123) || code > 127 || code === 95

const isUnspaced = (code: number): boolean =>
  code >= 0x0e00 && (code <= 0x0e7f || (code >= 0x3040 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x9fff))

const countUnspaced = (text: string): number =>
  wordsOf(text).reduce((sum, word) => sum + (UNSPACED.test(word) ? Math.ceil(word.length / 2) : 1), 0)

/** How many words a text has. */
export function countWords(text: string): number {
  let count = 0
  let within = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isUnspaced(code)) return countUnspaced(text)
    const is = isWordCode(code)
    if (is && !within) count++
    within = is
  }
  return count
}

/** A sentence in scripts without spaces is so many times longer in others: a word has two letters there, six with its space here. */
const SPACED = 3

/** How long a text is where words have spaces between them. Characters. */
export function spacedLength(text: string): number {
  let unspaced = 0
  for (let at = 0; at < text.length; at++) if (isUnspaced(text.charCodeAt(at))) unspaced++
  return text.length + (SPACED - 1) * unspaced
}

export function wordsOf(text: string): string[] {
  const lower = text.toLowerCase()
  const words = PLAIN.test(lower) ? lower.match(/[a-z0-9_]+/g) : lower.match(/[\p{L}\p{M}\p{N}_]+/gu)
  return words ?? []
}

/** Words that are written with spaces between them, to be looked up. */
export const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** A text in letters and digits alone: what tells whether two say the same. */
export function lettersOf(text: string): string {
  const lower = text.toLowerCase()
  return PLAIN.test(lower) ? lower.replace(/[^a-z0-9]+/g, '') : lower.replace(/[^\p{L}\p{N}]+/gu, '')
}

const isSmall = (code: number): boolean => code > 96 && code < 123
const isLarge = (code: number): boolean => code > 64 && code < 91
const isDigit = (code: number): boolean => code > 47 && code < 58

/** Two sums by these have 53 bits together. */
const FACTORS = [31, 0x01000193] as const

/**
 * A number that texts have in common that say the same, made of their letters and digits without writing those down.
 * That two others of the thousands of texts on a page have the same is one case in a billion.
 */
export function letterSum(text: string): number {
  const isPlain = PLAIN.test(text)
  const said = isPlain ? text : lettersOf(text)
  let one = 0
  let other = 0
  for (let at = 0; at < said.length; at++) {
    const code = said.charCodeAt(at)
    const letter = isLarge(code) ? code + 32 : code
    if ((isPlain || letter < 128) && !isSmall(letter) && !isDigit(letter)) continue
    one = Math.imul(one, FACTORS[0]) + letter
    other = Math.imul(other, FACTORS[1]) ^ letter
  }
  return (one >>> 0) * 2 ** 21 + (other >>> 11)
}

/** A text without white space around it, and with single spaces. */
export const inOneLine = (text: string): string => text.trim().replace(/\s+/g, ' ')

const NONE: readonly string[] = []

/** The words in the names that a page gives its elements; most values come many times on a page. */
export function createNames(): (element: Element) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  const wordsIn = (value: string): readonly string[] => {
    let words = known.get(value)
    if (words === undefined) known.set(value, (words = splitName(value)))
    return words
  }
  return element => {
    let names = NONE
    for (const { name, value } of element.attrs) {
      if (!NAMED.has(name) || value.length > NAME_CHARACTERS) continue
      names = names.length === 0 ? wordsIn(value) : [...names, ...wordsIn(value)]
    }
    return names.length > MOST_NAMES ? names.slice(0, MOST_NAMES) : names
  }
}

/** Numbers the looks of elements, from 1: tags with first names. */
export function createLooks(): (element: Element, names: readonly string[]) => number {
  const looks = new Map<string, Map<string, number>>()
  let count = 0
  return ({ tagName }, names) => {
    const name = names[0] ?? ''
    let named = looks.get(tagName)
    if (named === undefined) looks.set(tagName, (named = new Map<string, number>()))
    let look = named.get(name)
    if (look === undefined) named.set(name, (look = ++count))
    return look
  }
}

/** The words of a name: site-footer, siteFooter, site_footer. Letters alone are none. */
function splitName(value: string): string[] {
  const words: string[] = []
  let from = 0
  for (let at = 0; at <= value.length; at++) {
    const code = at < value.length ? value.charCodeAt(at) : 0
    const goesOn = isSmall(code) || (isLarge(code) && !isSmall(value.charCodeAt(at - 1)))
    if (goesOn) continue
    if (at - from > 1) words.push(value.slice(from, at).toLowerCase())
    from = isLarge(code) ? at : at + 1
  }
  return words
}

/** A block with fewer words outside links is no part of a running text. */
const PROSE_WORDS = 8

/** Words of a block, those of them in links, and its level as a heading, 0: none. */
interface BlockWords {
  readonly words: number
  readonly linked: number
  readonly heading: number
}

/** Whether a block is a part of a running text. */
export const isProse = ({ words, linked, heading }: BlockWords): boolean =>
  heading === 0 && words - linked >= PROSE_WORDS && 2 * linked < words
