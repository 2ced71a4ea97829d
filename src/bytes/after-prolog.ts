/**
 * Blanks, processing instructions and comments: one piece at a time, by a sticky pattern. One pattern for all of them
 * would be a repeat within a repeat, which over 45 empty comments and a letter goes back for longer than anybody lives.
 */
const PIECE = /\s+|<\?[^]*?\?>|<!--[^]*?-->/y
/** The name of the root stands in a lookahead: what that has taken is never given back. */
const DOCTYPE = /<!DOCTYPE(?=\s*([^\s>[]*))(?:[^>[]|\[[^\]]*\])*>/iy
const BYTE_ORDER_MARK = /^(?:\uFEFF|\xEF\xBB\xBF)/

/**
 * A text (decoded, or bytes as Latin-1) without what stands before its first element: byte order mark, blanks,
 * comments, processing instructions, and the document type if it is one to pass over, by the name of its root in lower
 * case.
 */
export function afterProlog(text: string, passesOver: (root: string) => boolean): string {
  const piece = new RegExp(PIECE)
  const doctype = new RegExp(DOCTYPE)
  let at = BYTE_ORDER_MARK.exec(text)?.[0].length ?? 0
  for (;;) {
    piece.lastIndex = doctype.lastIndex = at
    const root = piece.test(text) ? undefined : doctype.exec(text)?.[1]
    if (root !== undefined && !passesOver(root.toLowerCase())) return text.slice(at)
    const end = Math.max(piece.lastIndex, doctype.lastIndex)
    if (end <= at) return text.slice(at)
    at = end
  }
}
