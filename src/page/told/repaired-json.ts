/** Control characters in a string, which JSON wants escaped. */
const ESCAPED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A string literal, from its quote on, with its control characters escaped; and where it ends. */
function literal(source: string, from: number): { text: string; end: number } {
  let text = '"'
  let at = from + 1
  for (; at < source.length && source[at] !== '"'; at++) {
    const character = source.charAt(at)
    if (character === '\\') text += character + source.charAt(++at)
    else text += character < ' ' ? (ESCAPED[character] ?? ' ') : character
  }
  return { text: `${text}"`, end: at + 1 }
}

/** The length of what is written around JSON for programs that read HTML: comments and CDATA marks; 0: none here. */
function markAt(source: string, at: number): number {
  for (const mark of ['<![CDATA[', ']]>', '<!--', '-->']) if (source.startsWith(mark, at)) return mark.length
  const end = source.startsWith('/*', at) ? '*/' : source.startsWith('//', at) ? '\n' : undefined
  if (end === undefined) return 0
  const found = source.indexOf(end, at + 2)
  return (found === -1 ? source.length : found + end.length) - at
}

/**
 * JSON as people write it, made valid: comments, commas before a closing bracket, control characters in strings and
 * what stands behind its end go.
 */
export function repairedJson(source: string): string {
  const pieces: string[] = []
  let at = 0
  while (at < source.length) {
    const character = source.charAt(at)
    const mark = '</-]'.includes(character) ? markAt(source, at) : 0
    if (mark > 0) at += mark
    else if (character === '"') {
      const { text, end } = literal(source, at)
      pieces.push(text)
      at = end
    } else {
      if ((character === '}' || character === ']') && pieces.at(-1) === ',') pieces.pop()
      if (character > ' ') pieces.push(character)
      at++
    }
  }
  while (/^[;,]$/.test(pieces.at(-1) ?? '')) pieces.pop()
  return pieces.join('')
}
