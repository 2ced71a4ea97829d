/** What lines around the subject of a page say: the keys of a language in rules/page-lines.yaml. */
const SAID = [
  ...(['filed', 'filed label', 'this entry', 'signed', 'trackbacks', 'counted', 'count label'] as const),
  ...(['to do', 'answer', 'liked', 'notice', 'tools'] as const),
  ...(['others', 'more', 'more label', 'written', 'sign up', 'beside', 'of site', 'sending'] as const),
  ...(['back', 'account', 'basket'] as const)
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

/** The pattern of whole lines, given that of their phrases. */
const FRAMES: Readonly<Record<Said, (phrases: string) => string>> = {
  filed: phrases => `^(?:${phrases})(?!\\p{L})`,
  'filed label': phrases => `^(?:${phrases}) ?[:：]`,
  'this entry': phrases => `^(?:${phrases})`,
  signed: phrases => `^(?:${phrases}) .{1,60}(?<!\\d)\\d\\d?[:.]\\d\\d(?![.\\d])`,
  trackbacks: phrases => `^(?:${phrases})`,
  counted: phrases => `^(?:${phrases})$`,
  'count label': phrases => `^(?:${phrases})(?: ?:|[ (]{1,3})\\d{1,6}\\)?$`,
  'to do': phrases => `(?<!\\p{L})(?:${phrases})(?!\\p{L})`,
  answer: phrases => `^(?:${phrases})[\\s:.…»>]{0,4}$`,
  liked: phrases => `^(?:${phrases})`,
  notice: phrases => `^(?:${phrases})(?:(?<!\\p{L})|(?!\\p{L}))`,
  // Languages have words in common: a tool is taken by the first phrase behind which another begins or the row ends, and
  // is not tried again (a group that was looked ahead for). Else each tool would double the time.
  tools: phrases => `^(?:(?=((?:${phrases})(?!\\p{L})[\\s|·•,;:/–-]{0,5}(?=$|${phrases})))\\1)+$`,
  others: phrases => `^(?:${phrases})[\\s:…!.]{0,4}$`,
  more: phrases => `^(?:${phrases})(?![\\p{L}\\p{N}])`,
  'more label': phrases => `^(?:${phrases})(?= ?:)`,
  written: phrases => `^(?:${phrases}) `,
  'sign up': phrases => `^(?:${phrases})[\\s:…!.]{0,4}$`,
  beside: phrases => `^(?:${phrases})(?!\\p{L})`,
  'of site': phrases => `^(?:${phrases})[\\s:…!.]{0,4}$`,
  sending: phrases => `^(?:${phrases})(?!\\p{L})`,
  back: phrases => `^(?:[<«‹←]-?|&lt;-)? ?(?:${phrases})$`,
  account: phrases => `^(?:${phrases})(?!\\p{L})`,
  basket: phrases => `^(?:${phrases})`
}

/** What stands above other pages stands before links to them as well. */
const ALSO: Readonly<Partial<Record<Said, readonly Said[]>>> = { more: ['others'] }

/** A phrase with more `…` takes a time that grows with each of them. */
const MOST_GAPS = 2
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[' }

/** What is wrong with a phrase of the rules; undefined where nothing is. */
export function faultOf(phrase: string): string | undefined {
  const open: string[] = []
  let isSaid = false
  for (const mark of phrase) {
    const opening = CLOSING[mark]
    if (mark === '(' || mark === '[') open.push(mark)
    else if (opening === undefined) isSaid ||= !open.includes('[')
    else if (open.pop() !== opening) return `${mark} closes nothing`
  }
  if (open.length > 0) return `${open.join('')} is not closed`
  if (phrase.split('…').length - 1 > MOST_GAPS) return `it has more than ${MOST_GAPS} …`
  return isSaid ? undefined : 'it says nothing'
}

/** Knows the lines of all languages at once: most pages say not which one they are in, and some have two. */
export function createPageLines(rules: LineRules): PageLines {
  const patternFor = (said: Said): RegExp | undefined => {
    const kinds = [...(ALSO[said] ?? []), said]
    const phrases = kinds.flatMap(kind => Object.values(rules).flatMap(language => language[kind] ?? []))
    // What a phrase stands for has bounds, and none of it can be repeated but in rows of tools (FRAMES).
    // eslint-disable-next-line patterns/known
    return phrases.length === 0 ? undefined : new RegExp(FRAMES[said](phrases.map(patternOf).join('|')), 'iu')
  }
  const patterns = new Map(SAID.map(said => [said, patternFor(said)]))
  return {
    says: (said, text) => patterns.get(said)?.test(text) === true,
    lengthOf: (said, text) => patterns.get(said)?.exec(text)?.[0].length ?? 0
  }
}
