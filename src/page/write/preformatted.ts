/**
 * Longer words are cut, so that none is longer than 1,000 bytes when every letter is a reference (docs/clients.md R24).
 */
const PARTS = /\t|[^\t ]{1,125}| +/gu

const AMPERSAND = 38

const tabWidth = (column: number): number => 8 - (column % 8)

/** The end of those whole lines from a place on that fit in the columns and do not contain the character `stop`. */
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

/** Replaces tabs by spaces up to the next eighth column. */
function withoutTabs(lines: string): string {
  let written = ''
  let from = 0
  let line = 0
  // The columns that earlier tabs have added to the line.
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

/** A piece of the text of PRE. */
export interface LinePiece {
  /** The line breaks before it */
  readonly breaks: number
  /** One line from any column on, or several from the first column on; empty at the end of the text */
  readonly text: string
  /** It is whole lines without tabs that need no wrapping */
  readonly fits: boolean
}

/**
 * Splits the text of PRE into pieces that are as large as possible: a million lines one by one take seconds.
 * @param escapes whether & is escaped; if not, how it is written may depend on the rest of its line
 */
export function* linePieces(text: string, columns: number, escapes: boolean): Generator<LinePiece> {
  let breaks = 0
  // The first line continues what was written before.
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
 * Writes a line of PRE from a column on: tabs become spaces up to the next eighth column, and a word that would pass
 * the last column begins a new line. Returns the column after it, too.
 */
export function wrappedLine(
  line: string,
  column: number,
  columns: number,
  write: (text: string) => string
): { text: string; column: number } {
  // How & is written may depend on the rest of its word.
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
