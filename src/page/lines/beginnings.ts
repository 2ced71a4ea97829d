/** Any digit, as a phrase and the key of a text have it. */
export const DIGIT = '#'
/** Where these stand, any text may. */
const ANY = new Set(['~', '…'])
/** What stands for more than itself */
const MARK = /[#~…([]/
/** What opens a group of a phrase, and what closes it */
export const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']' }
export const CLOSERS: ReadonlySet<string> = new Set(Object.values(CLOSING))

/**
 * The first characters of a text, or of a phrase without marks, as one compares them. In capitals a letter is the same
 * wherever it stands in a word: a small Greek sigma is not.
 */
export const keyOf = (text: string): string => text.toLowerCase().toUpperCase().replace(/\d/g, DIGIT)

/** The alternatives of the group that a text begins with, and what stands behind the group. */
function groupAt(text: string): { readonly choices: readonly string[]; readonly after: string } {
  const choices: string[] = []
  let depth = 0
  let from = 1
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!
    if (CLOSING[mark] !== undefined) depth++
    else if (CLOSERS.has(mark)) depth--
    if (depth === 0 || (depth === 1 && mark === '|')) {
      choices.push(text.slice(from, at))
      from = at + 1
    }
    if (depth === 0) return { choices, after: text.slice(at + 1) }
  }
  return { choices: [], after: '' }
}

/** A phrase that begins in more ways is looked up by fewer characters, so that no rule takes long to read. */
const MOST_WAYS = 2000

/**
 * How texts begin that a phrase of rules/page-lines.yaml stands for.
 *
 * @param length of the beginnings in characters; those of phrases that are shorter, or may begin with anything, are shorter
 */
export function beginningsOf(phrase: string, length: number): ReadonlySet<string> {
  const found = new Set<string>()
  const seen = new Set<string>()
  const open: (readonly [begin: string, rest: string])[] = [['', phrase]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [before, rest] = next
    // What has no marks is read at once: a thread that begins waits for the beginnings of all phrases.
    const first = rest.slice(0, length)
    const at = first.search(MARK)
    const plain = at < 0 ? first : first.slice(0, at)
    const begin = before + keyOf(plain)
    const mark = rest.charAt(plain.length)
    if (begin.length >= length || mark === '' || ANY.has(mark)) {
      found.add(begin.slice(0, length))
      continue
    }
    // It stands for any number of them.
    if (mark === DIGIT) {
      found.add(begin + DIGIT)
      continue
    }
    const group = rest.slice(plain.length)
    if (seen.size + found.size > MOST_WAYS) return beginningsOf(phrase, length - 1)
    if (seen.has(`${begin}\n${group}`)) continue
    seen.add(`${begin}\n${group}`)
    const { choices, after } = groupAt(group)
    for (const choice of choices) open.push([begin, choice + after])
    if (mark === '[') open.push([begin, after])
  }
  return found
}
