/** So much of a text tells whether its characters have two bytes each. Bytes. */
const LOOKED_AT_BYTES = 4096

/** Tags and spaces are this share of the characters of a page at least; those of no text are zero in both bytes. */
const LEAST_SHARE = 1 / 8
/** And so many times as many as the characters whose other byte is zero: the space of Japanese, and one of Chinese. */
const LEAST_RATIO = 10

/**
 * Which UTF-16 bytes without a mark are in, or undefined: characters of ASCII have a zero byte in UTF-16, nearly
 * always on the same side, and no other encoding of texts has any.
 */
export function wideEncoding(bytes: Buffer): 'UTF-16LE' | 'UTF-16BE' | undefined {
  const start = bytes.subarray(0, LOOKED_AT_BYTES)
  let first = 0
  let second = 0
  for (let at = 0; at + 1 < start.length; at += 2) {
    if (start[at] === 0) first++
    if (start[at + 1] === 0) second++
  }
  const least = Math.max(1, (start.length / 2) * LEAST_SHARE)
  if (second >= least && second >= LEAST_RATIO * first) return 'UTF-16LE'
  return first >= least && first >= LEAST_RATIO * second ? 'UTF-16BE' : undefined
}
