/**
 * Removes blanks and tabs from both ends, and nothing else: String.trim would also remove 0xA0, which is the second
 * byte of a Shift_JIS letter. It is a loop, because `/[ \t]+$/` needs quadratic time for 64 KiB of blanks.
 */
export function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text, start)) start++
  while (end > start && isBlank(text, end - 1)) end--
  return text.slice(start, end)
}

function isBlank(text: string, index: number): boolean {
  return text[index] === ' ' || text[index] === '\t'
}
