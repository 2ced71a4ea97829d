import { sizeText } from './size-text.js'

/** Stands in a page for the size of all that is sent, until that is known. */
export const SENT_MARK = 'retrograde-bytes-sent'

/**
 * The documents of a page, each with the size of all in the place of its mark: a size that is part of what it counts.
 */
export function withSize(documents: readonly Buffer[]): Buffer[] {
  const marks = documents.filter(document => document.includes(SENT_MARK)).length
  const others = documents.reduce((sum, { length }) => sum + length, 0) - marks * SENT_MARK.length
  const sizeWith = (text: string): string =>
    sizeText(others + marks * text.length) + (documents.length === 1 ? '' : ` in ${documents.length} parts`)
  // The second text counts the first, which is as long as the second but for a border that both are near.
  const size = Buffer.from(sizeWith(sizeWith('')))
  return documents.map(document => {
    const at = document.indexOf(SENT_MARK)
    return at < 0 ? document : Buffer.concat([document.subarray(0, at), size, document.subarray(at + SENT_MARK.length)])
  })
}
