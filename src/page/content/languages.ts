import type { Block } from './blocks.js'
import { wordsOf } from './words.js'

/**
 * What rules/languages.yaml says: for each language, by its code, what its pages say and how they name their elements
 * where English ones have the key; several of one meaning stand between commas.
 */
export type LanguageRules = Readonly<
  Record<string, { readonly says: Readonly<Record<string, string>>; readonly names?: Readonly<Record<string, string>> }>
>

/** Words of a page as the model has learnt them: in English, as far as they are known. */
export interface Reading {
  /** The words of a short text */
  words(words: readonly string[]): readonly string[]
  /** A word in the name of an element */
  name(word: string): string
}

/** Chooses how the words of a page are read. */
export type ReadIn = (blocks: readonly Block[]) => Reading

const ENGLISH: Reading = { words: words => words, name: word => word }

/** As if every page were in English. */
export const readAsEnglish: ReadIn = () => ENGLISH

/** Words that texts of all kinds have, which tell their language. */
const MARKS = new Set('the and of to is are was that with for not by on you we it this have'.split(' '))
/** So many words tell the language of a page. Words. */
const MOST_READ = 400
/** Those of a block with fewer may be names. Words. */
const LEAST_BLOCK = 8
/** Of its words, so many are such ones at least. Share. */
const LEAST_MARKS = 0.05
/** Scripts of languages that have no spaces between their words. */
const KANA = /[\u3041-\u30ff]/
const HAN = /[\u4e00-\u9fff]/

interface Phrase {
  readonly from: readonly string[]
  readonly to: readonly string[]
}

/** Phrases by their first word, the longest first. */
type Phrases = ReadonlyMap<string, readonly Phrase[]>

const begins = (words: readonly string[], at: number, { from }: Phrase): boolean =>
  from.every((word, step) => words[at + step] === word)

function translated(words: readonly string[], phrases: Phrases): readonly string[] {
  if (!words.some(word => phrases.has(word))) return words
  const all: string[] = []
  for (let at = 0; at < words.length;) {
    const phrase = phrases.get(words[at]!)?.find(one => begins(words, at, one))
    all.push(...(phrase?.to ?? [words[at]!]))
    at += phrase?.from.length ?? 1
  }
  return all
}

const meaningsOf = (said: string): string[] => said.split(/,\s*/)

function phrasesOf(says: Readonly<Record<string, string>>): Phrases {
  const phrases = new Map<string, Phrase[]>()
  for (const [english, said] of Object.entries(says)) {
    const to = wordsOf(english)
    for (const one of meaningsOf(said)) {
      const from = wordsOf(one)
      const first = from[0] ?? ''
      phrases.set(first, [...(phrases.get(first) ?? []), { from, to }])
    }
  }
  for (const all of phrases.values()) all.sort((one, other) => other.from.length - one.from.length)
  return phrases
}

function namesOf(names: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const all = new Map<string, string>()
  for (const [english, named] of Object.entries(names)) for (const one of meaningsOf(named)) all.set(one, english)
  return all
}

/** The languages that have each of the words that tell a language. */
function marksOf(rules: LanguageRules): ReadonlyMap<string, readonly string[]> {
  const marks = new Map<string, string[]>()
  const add = (word: string, language: string): void => {
    marks.set(word, [...(marks.get(word) ?? []), language])
  }
  for (const word of MARKS) add(word, 'en')
  for (const [language, { says }] of Object.entries(rules))
    for (const [english, said] of Object.entries(says)) {
      if (MARKS.has(english)) for (const word of meaningsOf(said)) add(word, language)
    }
  return marks
}

/** The language of most of the running text; that of English where there is too little to tell. */
function languageOf(blocks: readonly Block[], marks: ReadonlyMap<string, readonly string[]>): string {
  const counts = new Map<string, number>()
  let words = 0
  let kana = false
  let han = 0
  for (const block of blocks) {
    if (block.words < LEAST_BLOCK || 2 * block.linked > block.words) continue
    const own = wordsOf(block.text)
    kana ||= KANA.test(block.text)
    if (HAN.test(block.text)) han += own.length
    words += own.length
    for (const word of own)
      for (const language of marks.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1)
    if (words > MOST_READ) break
  }
  if (2 * han > words) return kana ? 'ja' : 'zh'
  let [found, most] = ['en', LEAST_MARKS * words]
  for (const [language, count] of counts) if (count > most) [found, most] = [language, count]
  return found
}

function readingOf({ says, names = {} }: LanguageRules[string]): Reading {
  const [phrases, named] = [phrasesOf(says), namesOf(names)]
  return { words: words => translated(words, phrases), name: word => named.get(word) ?? word }
}

/** Reads pages in the language that most of their text is in; each language is made ready at its first page. */
export function createReadIn(rules: LanguageRules): ReadIn {
  const marks = marksOf(rules)
  const readings = new Map([['en', ENGLISH]])
  return blocks => {
    const language = languageOf(blocks, marks)
    const own = rules[language]
    const reading = readings.get(language) ?? (own === undefined ? ENGLISH : readingOf(own))
    readings.set(language, reading)
    return reading
  }
}
