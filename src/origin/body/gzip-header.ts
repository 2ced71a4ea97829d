/** Flags of a gzip member's header: RFC 1952 section 2.3.1. */
const HAS_CHECK = 2
const HAS_EXTRA = 4
const HAS_NAME = 8
const HAS_COMMENT = 16
/** Magic bytes, method, flags, time, extra flags, system. Bytes. */
const FIXED_BYTES = 10
/** An extra field may have 64 KiB, and a name and a comment stand beside it; sites send none of them. Bytes. */
const MOST_BYTES = 128 * 1024

/** Where the compressed data of a gzip member begin; undefined while its header is not whole, 'none' if it has none. */
export function gzipHeaderLength(bytes: Buffer): number | undefined | 'none' {
  if (bytes.length > 0 && (bytes[0] !== 0x1f || (bytes.length > 1 && bytes[1] !== 0x8b))) return 'none'
  if (bytes.length < FIXED_BYTES) return undefined
  const flags = bytes[3] ?? 0
  let at: number | undefined = FIXED_BYTES
  if ((flags & HAS_EXTRA) !== 0) at = bytes.length < at + 2 ? undefined : at + 2 + bytes.readUInt16LE(at)
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if (at === undefined || (flags & flag) === 0) continue
    const end = bytes.indexOf(0, at)
    at = end < 0 ? undefined : end + 1
  }
  if (at !== undefined && (flags & HAS_CHECK) !== 0) at += 2
  if (at !== undefined && at <= bytes.length) return at
  return bytes.length > MOST_BYTES ? 'none' : undefined
}
