/** Whether text is words of ASCII with single spaces between them and nothing to escape: most text of most pages is. */
export function isPlainWords(text: string): boolean {
  let before = 32
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32 || code > 126 || (code === 32 && before === 32) || code === 38 || code === 60 || code === 62)
      return false
    before = code
  }
  return before !== 32
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13 || code === 12

/** A text without the white space at its ends, of which the writer keeps one space. */
export function withoutEnds(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isSpace(text.charCodeAt(from))) from++
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--
  return text.slice(from, to)
}

/** Collapses runs of white space, including no-break spaces, into one space each. */
export const collapsed = (text: string): string =>
  /[\t\n\r\f\u00A0]| {2}/.test(text) ? text.replace(/[ \t\n\r\f\u00A0]+/g, ' ') : text
