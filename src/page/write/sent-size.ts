import { sizeText } from './size-text.js'

/** The placeholder for the size of all that is sent, which is known last. */
export const SENT_MARK = 'retrograde-bytes-sent'

/**
 * Replaces the mark in each document of a page by the size of all of them, which includes the text of the size itself.
 */
export function withSize(documents: readonly Buffer[]): Buffer[] {
  const marks = documents.filter(document => document.includes(SENT_MARK)).length
  const others = documents.reduce((sum, { length }) => sum + length, 0) - marks * SENT_MARK.length
  const sizeWith = (text: string): string =>
    sizeText(others + marks * text.length) + (documents.length === 1 ? '' : ` in ${documents.length} parts`)
  // The second text counts the first one, which has the same length unless both are near a border.
  const size = Buffer.from(sizeWith(sizeWith('')))
  return documents.map(document => {
    const at = document.indexOf(SENT_MARK)
    return at < 0 ? document : Buffer.concat([document.subarray(0, at), size, document.subarray(at + SENT_MARK.length)])
  })
}
