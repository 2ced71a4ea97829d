/**
 * PackBits (Inside Macintosh I, page 470), which ILBM calls ByteRun1 (EA IFF 85): a count less one and that many bytes,
 * or 257 less the count and one byte.
 */
export function packBits(row: Buffer): Buffer {
  const out: number[] = []
  for (let at = 0; at < row.length;) {
    const same = run(row, at)
    if (same > 2) {
      out.push(257 - same, row[at] ?? 0)
      at += same
      continue
    }
    const from = at
    while (at < row.length && at - from < 128 && run(row, at) <= 2) at++
    out.push(at - from - 1, ...row.subarray(from, at))
  }
  return Buffer.from(out)
}

/** How many equal bytes stand here, 128 at most. */
function run(row: Buffer, at: number): number {
  let end = at + 1
  while (end < row.length && end - at < 128 && row[end] === row[at]) end++
  return end - at
}
