import type { Parser, DefaultTreeAdapterMap } from 'parse5'

/**
 * Moves the parser from the start tag of a SCRIPT or STYLE, which it has just read, to the end tag, so that it does not
 * read character by character what does not become text. Where a search cannot tell the end, the parser stays. Returns
 * the text that was skipped.
 */
export function skipRawText(parser: Parser<DefaultTreeAdapterMap>, tagName: string): string {
  if (tagName !== 'script' && tagName !== 'style') return ''
  const { preprocessor } = parser.tokenizer
  if (preprocessor.html[preprocessor.pos] !== '>') return ''
  // An end tag within a comment of a script may not end it (HTML 13.2.5.17).
  const end = tagName === 'script' ? /<\/script|<!--/gi : /<\/style/gi
  end.lastIndex = preprocessor.pos
  const found = end.exec(preprocessor.html)
  if (found === null || !found[0].startsWith('</')) return ''
  const start = preprocessor.pos + 1
  preprocessor.pos = found.index - 1
  return preprocessor.html.slice(start, found.index)
}
