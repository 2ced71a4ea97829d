import { beginningsOf, CLOSERS, CLOSING, DIGIT, keyOf } from './beginnings.js'

/** What lines around the subject of a page say: the keys of a language in rules/page-lines.yaml. */
const SAID = [
  ...(['filed', 'filed label', 'this entry', 'signed', 'trackbacks', 'counted', 'count label'] as const),
  ...(['to do', 'answer', 'liked', 'notice', 'tools'] as const),
  ...(['others', 'more', 'more label', 'written', 'comments', 'sign up', 'beside', 'of site', 'sending'] as const),
  ...(['back', 'account', 'basket', 'post tools', 'page tools'] as const)
] as const
export type Said = (typeof SAID)[number]

/** What rules/page-lines.yaml says: phrases by language and by what they say. */
export type LineRules = Readonly<Record<string, Readonly<Partial<Record<Said, readonly string[]>>>>>

/** Tells what a line says that stands around the subject of a page. */
export interface PageLines {
  /** Whether a text, without white space around it and with single spaces, says this. */
  says(said: Said, text: string): boolean
  /** How much of the beginning of such a text says this; 0 where it does not. Characters. */
  lengthOf(said: Said, text: string): number
}

/** What the marks of a phrase stand for, as a pattern. Whatever stands for words ends before a hyphen: "cross-posted". */
const MARKS: Readonly<Record<string, string>> = {
  '(': '(?:',
  ')': ')',
  '[': '(?:',
  ']': ')?',
  '|': '|',
  '#': '\\d[\\d.,]{0,8}',
  '~': '[\\p{L}\\d&.]{1,20}',
  '…': '(?![\\p{L}\\p{N}]).{0,160}(?:(?<![\\p{L}\\p{N}-])|$)'
}

const patternOf = (phrase: string): string =>
  phrase.replace(/[\\^$.*+?{}()[\]|#~…]/g, mark => MARKS[mark] ?? `\\${mark}`)

/** Behind a phrase no word goes on; Chinese and Japanese have nothing between words. */
const END = '(?:(?<!\\p{L})|(?!\\p{L})|(?<=[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]))'

/**
 * A row of phrases. Languages have words in common: a phrase is taken by the first one behind which another begins or the
 * row ends, and is not tried again (a group that was looked ahead for). Else each phrase would double the time.
 */
const rowOf = (phrases: string): string =>
  `^[\\s«‹<>›»←→]{0,3}(?:(?=((?:${phrases})(?!\\p{L})[\\s|·•,;:/«‹<>›»←→–-]{0,5}(?=$|${phrases})))\\1)+$`

/** A pattern of lines, given that of phrases. */
type Frame = (phrases: string) => string

const begin: Frame = phrases => `^(?:${phrases})`
/** They begin so, and no word goes on behind it. */
const beginWith: Frame = phrases => `^(?:${phrases})(?!\\p{L})`
/** They are that and no more, but for marks at the end. */
const headOf: Frame = phrases => `^(?:${phrases})[\\s:…!.]{0,4}$`

const FRAMES: Readonly<Record<Said, Frame>> = {
  filed: beginWith,
  'filed label': phrases => `^(?:${phrases}) ?[:：]`,
  'this entry': begin,
  signed: phrases => `^(?:${phrases}) .{1,60}(?<!\\d)\\d\\d?[:.]\\d\\d(?![.\\d])`,
  trackbacks: begin,
  counted: phrases => `^(?:${phrases})$`,
  'count label': phrases => `^(?:${phrases})(?: ?:|[ (]{1,3})\\d{1,6}\\)?$`,
  'to do': phrases => `(?<!\\p{L})(?:${phrases})(?!\\p{L})`,
  answer: phrases => `^(?:${phrases})[\\s:.…»>]{0,4}$`,
  liked: begin,
  notice: phrases => `^(?:${phrases})${END}`,
  tools: rowOf,
  'post tools': rowOf,
  'page tools': rowOf,
  others: headOf,
  more: phrases => `^(?:${phrases})(?![\\p{L}\\p{N}])`,
  'more label': phrases => `^(?:${phrases})(?= ?:)`,
  written: phrases => `^(?:${phrases}) `,
  comments: headOf,
  'sign up': headOf,
  beside: beginWith,
  'of site': headOf,
  sending: beginWith,
  back: phrases => `^(?:[<«‹←]-?|&lt;-)? ?(?:${phrases})$`,
  account: beginWith,
  basket: begin
}

/** What stands above other pages stands before links to them as well. */
const ALSO: Readonly<Partial<Record<Said, readonly Said[]>>> = {
  more: ['others'],
  'post tools': ['tools'],
  'page tools': ['tools']
}

/** A phrase with more `…` takes a time that grows with each of them. */
const MOST_GAPS = 2

/** What is wrong with a phrase of the rules; undefined where nothing is. */
export function faultOf(phrase: string): string | undefined {
  const open: string[] = []
  for (const mark of phrase) {
    if (CLOSING[mark] !== undefined) open.push(mark)
    else if (mark === '|' && open.length === 0) return '| stands in no group'
    else if (CLOSERS.has(mark) && CLOSING[open.pop() ?? ''] !== mark) return `${mark} closes nothing`
  }
  if (open.length > 0) return `${open.join('')} is not closed`
  if (phrase.split('…').length - 1 > MOST_GAPS) return `it has more than ${MOST_GAPS} …`
  const said = phrase.replaceAll('…', '').replaceAll('~', DIGIT)
  return beginningsOf(said, 1).has('') ? 'it may say nothing' : undefined
}

/**
 * What a phrase and its text have in common is looked up by so many characters at their beginning: with two, one text in
 * three is compared with phrases, and the reader takes a tenth longer.
 */
const KEY = 4

/** Whether lines begin with a phrase; others have something before it. */
const isAtStart = (said: Said): boolean => said !== 'to do' && said !== 'back'
/** What is made of more than one phrase needs all of them, not only those that the text may begin with. */
const isRow = (said: Said): boolean => FRAMES[said] === rowOf

// What a phrase stands for has bounds, and none of it can be repeated but in rows (FRAMES).
// eslint-disable-next-line patterns/known
const compiled = (said: Said, phrases: readonly string[]): RegExp => new RegExp(FRAMES[said](phrases.join('|')), 'iu')

/** The patterns of what a text may say, given how it begins. */
type Patterns = ReadonlyMap<Said, () => RegExp>

/** Patterns are made when a text first asks for them: most are of languages that few pages are in. */
function lazily(said: Said, phrases: readonly string[]): () => RegExp {
  let made: RegExp | undefined
  return () => (made ??= compiled(said, phrases.map(patternOf)))
}

/** A phrase, and its place among those that say the same. */
interface Placed {
  readonly said: Said
  readonly at: number
}

/** Which phrases begin so, by all beginnings that phrases have. */
function placesOf(phrasesOf: ReadonlyMap<Said, readonly string[]>): ReadonlyMap<string, readonly Placed[]> {
  const places = new Map<string, Placed[]>([['', []]])
  for (const [said, phrases] of phrasesOf) {
    if (!isAtStart(said)) continue
    for (const [at, phrase] of phrases.entries()) {
      for (const begin of beginningsOf(phrase, KEY)) {
        const others = places.get(begin)
        if (others === undefined) places.set(begin, [{ said, at }])
        else others.push({ said, at })
      }
    }
  }
  return places
}

/** Finds the patterns for a text. */
function finderOf(phrasesOf: ReadonlyMap<Said, readonly string[]>): (text: string) => Patterns {
  const places = placesOf(phrasesOf)
  const whole = new Map([...phrasesOf].map(([said, phrases]) => [said, lazily(said, phrases)]))
  const made = new Map<string, Patterns>()

  function patternsOf(begin: string): Patterns {
    const found = Array.from({ length: begin.length + 1 }, (_, end) => places.get(begin.slice(0, end)) ?? []).flat()
    const patterns = new Map([...whole].filter(([said]) => !isAtStart(said)))
    for (const [said, phrases] of phrasesOf) {
      const own = new Set(found.filter(placed => placed.said === said).map(({ at }) => at))
      if (own.size === 0) continue
      const those = phrases.filter((_, at) => own.has(at))
      patterns.set(said, isRow(said) ? whole.get(said)! : lazily(said, those))
    }
    return patterns
  }

  return text => {
    let begin = keyOf(text.slice(0, KEY))
    while (!places.has(begin)) begin = begin.slice(0, -1)
    const known = made.get(begin)
    if (known !== undefined) return known
    const patterns = patternsOf(begin)
    made.set(begin, patterns)
    return patterns
  }
}

/** Knows the lines of all languages at once: most pages say not which one they are in, and some have two. */
export function createPageLines(rules: LineRules): PageLines {
  const phrasesOf = new Map<Said, readonly string[]>()
  for (const said of SAID) {
    const kinds = [...(ALSO[said] ?? []), said]
    const phrases = kinds.flatMap(kind => Object.values(rules).flatMap(language => language[kind] ?? []))
    if (phrases.length > 0) phrasesOf.set(said, phrases)
  }
  const find = finderOf(phrasesOf)
  // One text is asked for many things in a row.
  let last = ''
  let patterns = find(last)
  const patternFor = (said: Said, text: string): RegExp | undefined => {
    if (text !== last) [last, patterns] = [text, find(text)]
    return patterns.get(said)?.()
  }
  return {
    says: (said, text) => patternFor(said, text)?.test(text) === true,
    lengthOf: (said, text) => patternFor(said, text)?.exec(text)?.[0].length ?? 0
  }
}
