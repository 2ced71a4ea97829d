/**
 * Longer words are cut, so that none is longer than 1,000 bytes when every letter is a reference (docs/clients.md R24).
 */
const PARTS = /\t|[^\t ]{1,125}| +/gu

const AMPERSAND = 38

const tabWidth = (column: number): number => 8 - (column % 8)

/** Where the lines end that begin at a place and fit in the columns, all of each, without the character `stop`. */
function fittingLinesEnd(text: string, from: number, columns: number, stop: number | undefined): number {
  let end = from
  let column = 0
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10) {
      // Empty lines are written when something follows them.
      if (column > 0) end = at
      column = 0
    } else {
      column += code === 9 ? tabWidth(column) : 1
      if (column > columns || code === stop) break
    }
  }
  return end
}

/** Lines whose tabs are spaces up to the next eighth column. */
function withoutTabs(lines: string): string {
  let written = ''
  let from = 0
  let line = 0
  // What tabs before it have made the line longer.
  let added = 0
  for (let at = lines.indexOf('\t'); at >= 0; at = lines.indexOf('\t', from)) {
    const begin = lines.lastIndexOf('\n', at) + 1
    if (begin > line) added = 0
    line = begin
    const width = tabWidth(at - line + added)
    written += lines.slice(from, at) + ' '.repeat(width)
    added += width - 1
    from = at + 1
  }
  return written + lines.slice(from)
}

/** Some of the text of PRE. */
export interface LinePiece {
  /** Line breaks before it */
  readonly breaks: number
  /** One line from any column on, or several from the first column on; empty at the end of the text */
  readonly text: string
  /** Whether it is whole lines that need no wrapping and have no tabs any more */
  readonly fits: boolean
}

/**
 * Text of PRE in pieces as large as may be: a million lines one by one take seconds.
 * @param escapes whether & is escaped; if not, what is written of it may hang on what stands beside it in its line
 */
export function* linePieces(text: string, columns: number, escapes: boolean): Generator<LinePiece> {
  let breaks = 0
  // The first line goes on from what was written before.
  let begun = false
  for (let start = 0; ; breaks++, start++) {
    const fitting = begun ? fittingLinesEnd(text, start, columns, escapes ? undefined : AMPERSAND) : start
    const end = fitting > start ? fitting : (text.indexOf('\n', start) + 1 || text.length + 1) - 1
    const piece = text.slice(start, end)
    if (piece !== '') {
      yield { breaks, text: fitting > start ? withoutTabs(piece) : piece, fits: fitting > start }
      breaks = 0
      begun = true
    }
    start = end
    if (start >= text.length) {
      yield { breaks, text: '', fits: true }
      return
    }
  }
}

/**
 * A line of PRE, from a column on, as it is written: tabs become spaces up to the next eighth column, and a word that
 * would go beyond the last column begins a new line. And the column behind it.
 */
export function wrappedLine(
  line: string,
  column: number,
  columns: number,
  write: (text: string) => string
): { text: string; column: number } {
  // What is written of & may hang on what stands beside it in its word.
  const byWords = line.includes('&')
  let rows = ''
  let at = column
  for (const part of line.match(PARTS) ?? []) {
    const text = part === '\t' ? ' '.repeat(tabWidth(at)) : part
    const wrapped = at > 0 && at + text.length > columns && !text.startsWith(' ')
    at = wrapped ? text.length : at + text.length
    rows += `${wrapped ? '\n' : ''}${byWords ? write(text) : text}`
  }
  return { text: byWords ? rows : write(rows), column: at }
}
