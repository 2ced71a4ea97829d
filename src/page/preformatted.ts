/** A piece of a line of PRE, and whether a line break that the page does not have comes before it. */
export interface Piece { readonly text: string, readonly wrapped: boolean }

/** Longer words are cut, so that none is longer than 1,000 bytes when every letter is a reference (docs/clients.md R24). */
const PARTS = /\t|[^\t ]{1,125}| +/gu

/**
 * A line of PRE, from a column on: tabs become spaces up to the next eighth column, and a word that would go beyond the
 * last column begins a new line.
 */
export function preformattedPieces (line: string, column: number, columns: number): { pieces: Piece[], column: number } {
  const pieces: Piece[] = []
  let at = column
  for (const part of line.match(PARTS) ?? []) {
    const text = part === '\t' ? ' '.repeat(8 - at % 8) : part
    const wrapped = at > 0 && at + text.length > columns && !text.startsWith(' ')
    at = wrapped ? text.length : at + text.length
    pieces.push({ text, wrapped })
  }
  return { pieces, column: at }
}
