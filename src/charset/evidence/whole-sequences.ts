/** How much of a text is UTF-8. Counts. */
export interface Utf8Share {
  /** Sequences of several bytes that are whole */
  readonly whole: number
  /** Those of them that hardly ever come about in another encoding */
  readonly certain: number
  /** Bytes above 7F that are part of none */
  readonly broken: number
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** The bytes of the sequence that begins at a place, 2 to 4; 0 where none does (RFC 3629, section 3). */
function sequenceAt(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0
  const length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  for (let next = 1; next < length; next++) if (!isContinuation(bytes[at + next])) return 0
  return length
}

/**
 * Whether a sequence is no accident: in Latin-1 a pair is a capital letter before a sign ("CAF\xC9\x94", the word in
 * quotation marks). Pairs that begin with C2 and C3 would be of "Â" and "Ã", which end no word; they are the letters of
 * Western languages in UTF-8.
 */
const isCertain = (first: number, length: number): boolean => length > 2 || first <= 0xc3

/** Counts the sequences of UTF-8 in a text, in one walk. */
export function utf8Share(bytes: Buffer): Utf8Share {
  let whole = 0
  let certain = 0
  let broken = 0
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at]!
    if (first < 0x80) continue
    const length = sequenceAt(bytes, at)
    if (length === 0) broken++
    else {
      whole++
      if (isCertain(first, length)) certain++
      at += length - 1
    }
  }
  return { whole, certain, broken }
}
