import type { Parser, DefaultTreeAdapterMap } from 'parse5'

/**
 * Called where the parser has just read the start tag of a SCRIPT or STYLE: moves it to the end tag, so that it does
 * not read, character by character, what does not become text. Where the end cannot be told by looking for it, the
 * parser stays. Returns the text that it has passed over.
 */
export function skipRawText(parser: Parser<DefaultTreeAdapterMap>, tagName: string): string {
  if (tagName !== 'script' && tagName !== 'style') return ''
  const { preprocessor } = parser.tokenizer
  if (preprocessor.html[preprocessor.pos] !== '>') return ''
  // A script with a comment in it may hold an end tag that is none (HTML 13.2.5.17).
  const end = tagName === 'script' ? /<\/script|<!--/gi : /<\/style/gi
  end.lastIndex = preprocessor.pos
  const found = end.exec(preprocessor.html)
  if (found === null || !found[0].startsWith('</')) return ''
  const start = preprocessor.pos + 1
  preprocessor.pos = found.index - 1
  return preprocessor.html.slice(start, found.index)
}
