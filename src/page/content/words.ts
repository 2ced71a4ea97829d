import type { Element } from '../tree/tree.js'

/** Letters of these scripts are counted as half a word each: they are written without spaces. */
const UNSPACED = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]/
/** Text of ASCII alone, as most is, takes a third of the time. */
const PLAIN = /^[\0-\x7f]*$/

/** Names of an element beyond these say nothing new, and long ones are made by programs. */
const MOST_NAMES = 24
const NAME_CHARACTERS = 300
const NAMED = new Set(['class', 'id', 'role', 'itemprop', 'itemtype'])
/** Between the words of a name: site-footer, siteFooter, site_footer. */
const BETWEEN = /[^a-zA-Z]+|(?<=[a-z])(?=[A-Z])/

/** Words of a block that are looked at, and those of one that is judged by each. */
const MOST_CUES = 12
const FEW_WORDS = 4

const isWordCode = (code: number): boolean =>
  (code > 47 && code < 58) || (code > 64 && code < 91) || (code > 96 && code < 123) || code > 127 || code === 95

/** How many words a text has. */
export function countWords(text: string): number {
  if (UNSPACED.test(text))
    return wordsOf(text).reduce((sum, word) => sum + (UNSPACED.test(word) ? Math.ceil(word.length / 2) : 1), 0)
  let count = 0
  let within = false
  for (let at = 0; at < text.length; at++) {
    const is = isWordCode(text.charCodeAt(at))
    if (is && !within) count++
    within = is
  }
  return count
}

export function wordsOf(text: string): string[] {
  const lower = text.toLowerCase()
  const words = PLAIN.test(lower) ? lower.match(/[a-z0-9_]+/g) : lower.match(/[\p{L}\p{M}\p{N}_]+/gu)
  return words ?? []
}

/** A text in letters and digits alone: what tells whether two say the same. */
export function lettersOf(text: string): string {
  const lower = text.toLowerCase()
  return PLAIN.test(lower) ? lower.replace(/[^a-z0-9]+/g, '') : lower.replace(/[^\p{L}\p{N}]+/gu, '')
}

/** The words in the names that a page gives its elements; most values come many times on a page. */
export function createNames(): (element: Element) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  const wordsIn = (value: string): readonly string[] => {
    const words = known.get(value) ?? splitName(value)
    known.set(value, words)
    return words
  }
  return element => {
    let names: readonly string[] = []
    for (const { name, value } of element.attrs) {
      if (!NAMED.has(name) || value.length > NAME_CHARACTERS) continue
      names = names.length === 0 ? wordsIn(value) : [...names, ...wordsIn(value)]
    }
    return names.length > MOST_NAMES ? names.slice(0, MOST_NAMES) : names
  }
}

const splitName = (value: string): string[] =>
  value
    .split(BETWEEN)
    .filter(word => word.length > 1)
    .map(word => word.toLowerCase())

/**
 * What the words of a short block say about it: the words, pairs of words, and all of it where that is little. Numbers
 * are told by their length alone.
 */
export function cuesOf(all: readonly string[]): string[] {
  const words = all.slice(0, MOST_CUES)
  const plain = words.map(word => (/^\d+$/.test(word) ? '0'.repeat(Math.min(5, word.length)) : word))
  const cues = new Set(plain)
  plain.forEach((word, at) => at > 0 && cues.add(`${plain[at - 1] ?? ''} ${word}`))
  if (plain.length <= FEW_WORDS) cues.add(`=${plain.join(' ')}`)
  return [...cues]
}
