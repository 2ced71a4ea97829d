import { parseJson } from './fields.js'

/** The rows of what React sends to its components (flight): texts, and trees of elements, by their numbers. */
export type Rows = ReadonlyMap<string, unknown>

/** Rows of one page; those of large pages are some hundred. */
const MOST_ROWS = 5000
const [LINE_FEED, COLON, COMMA, TEXT] = [10, 58, 44, 84]

/** Whether pieces of text, put together, are such rows. */
export const isFlight = (text: string): boolean => /^[\da-f]{0,6}:(?:[[{"IHTED]|null)/.test(text)

/** Reads the rows: NUMBER:JSON and a line feed, or NUMBER:Tlength, and so many bytes of text. */
export function readFlight(text: string): Rows {
  const bytes = Buffer.from(text)
  const rows = new Map<string, unknown>()
  for (let at = 0; at < bytes.length && rows.size < MOST_ROWS;) {
    const colon = bytes.indexOf(COLON, at)
    if (colon < 0) break
    const number = bytes.toString('latin1', at, colon).trim().slice(0, 20)
    if (bytes[colon + 1] === TEXT) {
      const comma = bytes.indexOf(COMMA, colon)
      if (comma < 0) break
      const length = Number.parseInt(bytes.toString('latin1', colon + 2, Math.min(comma, colon + 12)), 16)
      if (!(length >= 0)) break
      rows.set(number, bytes.toString('utf8', comma + 1, comma + 1 + length))
      at = comma + 1 + length
    } else {
      const found = bytes.indexOf(LINE_FEED, colon)
      const end = found < 0 ? bytes.length : found
      const value = parseJson(bytes.toString('utf8', colon + 1, end))
      if (value !== undefined) rows.set(number, value)
      at = end + 1
    }
  }
  return rows
}
