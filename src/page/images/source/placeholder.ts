const IMAGE_FILE = /\.(?:gif|png|svg|jpe?g|webp)$/i
/** Names of what stands until a script has brought the picture, whatever else stands in the name of the file. */
const SURE =
  /(?:^|[^a-z\d])(?:spacer|place[-_]?holder|lazy-?load(?:ing|er)?|pre-?load(?:er)?|default-image|default-avatar|empty-state)(?![a-z\d])|[^a-z\d](?:loader|spinner)\.(?:gif|svg)$/i
/** What else such a file may be called; but so is what shows a grey sofa, a clear glass or a front loader. */
const WORD = /^(?:blank|lazy|loading|loader|transparent|pixel|clear|grey|gray|empty|dummy|1x\dt?)$/
/** What may stand beside such a word and says no more of a picture: the rest, sizes, and numbers of versions. */
const BESIDE =
  /^(?:image|img|bg|icon|trans|px|gif|ajax|big|small|large|white|black|dark|red|avatar|cart|basket|heart|ring|circle|spinner|animated|\d{3,}|\d+x\d*|[a-z]{0,2}\d{6,})$/
/** A hash, which no word with a number is. */
const HASH = /^[\da-f]{6,}$/
/** Whoever takes a photograph of something does not call it "loading". */
const DRAWN = /\.(?:gif|png|svg)$/i
/** Longer names are not of such files. Characters. */
const MOST_NAME = 100

/** The name of the file that an address leads to, with its ending; empty if it is that of no image. */
function fileIn(address: string): string {
  const mark = address.search(/[?#;]/)
  const end = mark === -1 ? address.length : mark
  const file = address.slice(Math.max(address.lastIndexOf('/', end) + 1, end - MOST_NAME), end)
  return IMAGE_FILE.test(file) ? file : ''
}

/** The words in the name of a file. */
const wordsIn = (file: string): string[] =>
  file
    .slice(0, file.lastIndexOf('.'))
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(word => word !== '')

/** Whether a name has no words but those of what stands for a picture. */
function isCalledSo(file: string): boolean {
  if (!DRAWN.test(file)) return false
  const words = wordsIn(file)
  const isHash = (word: string): boolean => HASH.test(word) && /\d/.test(word)
  return (
    words.some(word => WORD.test(word)) && words.every(word => WORD.test(word) || BESIDE.test(word) || isHash(word))
  )
}

const isNone = (source: string): boolean =>
  source.trim() === '' ||
  source.startsWith('about:') ||
  source.trim() === '#' ||
  (source.length < 1200 && source.startsWith('data:'))

/** Whether an address is empty or that of a placeholder for an image that a script would fetch. */
export function isPlaceholder(source: string | undefined): boolean {
  if (source === undefined || isNone(source)) return true
  const file = fileIn(source)
  return SURE.test(file) || isCalledSo(file)
}

/** The same where another address is there, which a script may have had in store: a name that may be such is enough. */
export const mayBePlaceholder = (source: string | undefined): boolean =>
  source === undefined || isPlaceholder(source) || wordsIn(fileIn(source)).some(word => WORD.test(word))
