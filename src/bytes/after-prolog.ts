/**
 * White space, a processing instruction or a comment. They are matched one at a time by a sticky pattern: one pattern
 * for all would nest repeats, which for 45 empty comments and a letter backtracks for longer than anybody lives.
 */
const PIECE = /\s+|<\?[^]*?\?>|<!--[^]*?-->/y
/** The name of the root is matched in a lookahead, which never gives back what it has matched. */
const DOCTYPE = /<!DOCTYPE(?=\s*([^\s>[]*))(?:[^>[]|\[[^\]]*\])*>/iy
const BYTE_ORDER_MARK = /^(?:\uFEFF|\xEF\xBB\xBF)/

/**
 * Removes what precedes the first element of a text (decoded, or bytes as Latin-1): byte order mark, white space,
 * comments, processing instructions, and the document type if `passesOver` accepts the name of its root, in lower case.
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
