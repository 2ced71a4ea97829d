/** Endings of image files, and what may follow them. */
const IMAGE_FILE = /\.(?:gif|png|svg|jpe?g|webp)(?=[?;&])/i
/** Names of what stands until a script has brought the picture, whatever else stands in the name of the file. */
const SURE =
  /(?:^|[^a-z\d])(?:spacer|place[-_]?holder|lazy-?load(?:ing|er)?|pre-?load(?:er)?|default-image)(?![a-z\d])/i
/** What else such a file may be called; but so is what shows a grey sofa, a clear glass or a front loader. */
const WORDS = 'blank lazy loading loader transparent pixel clear grey gray empty dummy'
const WORD = new Set(WORDS.split(' '))
const LIKELY = new RegExp(`(?:^|[^a-z\\d])(?:${WORDS.replaceAll(' ', '|')}|1x\\dt?)(?![a-z\\d])`, 'i')
/** What may stand beside such a word and says no more of a picture: the rest, sizes, and numbers of versions. */
const BESIDE =
  /^(?:image|img|bg|icon|trans|px|gif|ajax|big|small|large|white|black|avatar|ring|circle|spinner|animated|\d{3,}|\d+x\d*|[a-z]{0,2}\d{6,}|(?=[a-f]*\d)[\da-f]{6,})$/
const DOT = /^1x\dt?$/
/** Whoever takes a photograph of something does not call it "loading". */
const DRAWN = /\.(?:gif|png|svg)$/i
/** Longer names are not of such files. Characters. */
const MOST_NAME = 100

/** The name of the file that an address leads to, with its ending; empty if it is that of no image. */
function fileIn(address: string): string {
  for (const part of `${address}?`.split('/')) {
    const ending = IMAGE_FILE.exec(part)
    if (ending !== null) return part.slice(0, ending.index + ending[0].length).slice(-MOST_NAME)
  }
  return ''
}

/** Whether a name has no words but those of what stands for a picture. */
function isCalledSo(file: string): boolean {
  if (!DRAWN.test(file)) return false
  const words = file
    .slice(0, file.lastIndexOf('.'))
    .toLowerCase()
    .split(/[^a-z\d]+/)
  const isWord = (word: string): boolean => WORD.has(word) || DOT.test(word)
  return words.some(isWord) && words.every(word => word === '' || isWord(word) || BESIDE.test(word))
}

const isNone = (source: string): boolean =>
  source.trim() === '' ||
  source.startsWith('about:') ||
  source.trim() === '#' ||
  (source.startsWith('data:') && source.length < 1200)

/** Whether an address is empty or that of a placeholder for an image that a script would fetch. */
export function isPlaceholder(source: string | undefined): boolean {
  if (source === undefined || isNone(source)) return true
  if (!SURE.test(source) && !LIKELY.test(source)) return false
  const file = fileIn(source)
  return SURE.test(file) || isCalledSo(file)
}

/** The same where another address is there, which a script may have had in store: a name that may be such is enough. */
export const mayBePlaceholder = (source: string | undefined): boolean =>
  source === undefined || isPlaceholder(source) || LIKELY.test(fileIn(source))
