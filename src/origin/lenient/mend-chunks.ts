/** The longest line that says a size, with extensions that nobody uses. Bytes. */
const MOST_LINE = 1024
const LF = 10
const SIZE = /^[ \t]*([\da-f]{1,12})[ \t]*(?:;|$)/i
/** What ends a body: the last chunk, or a line at which a parser sees that it is broken. */
const ENDS = { whole: Buffer.from('0\r\n\r\n'), broken: Buffer.from('-\r\n') }

/** Writes a body in chunks anew as it comes. */
export interface ChunkMender {
  /** A piece of it in the strict form. All behind the last chunk, or what is none, means nothing. */
  mend(piece: Buffer): Buffer
}

/**
 * Takes chunks as browsers do, however their lines end: Node's parser, even if it is lenient, wants CR LF behind the
 * last. What breaks off breaks off here as well.
 */
export function createChunkMender(): ChunkMender {
  let line = ''
  /** Bytes of the chunk that are still to come */
  let left = 0
  let over: keyof typeof ENDS | undefined

  /** Takes the size that a line says; a blank line ends the chunk before it. */
  function begin(): void {
    const said = line.replace(/\r$/, '')
    line = ''
    if (said === '') return
    left = Number.parseInt(SIZE.exec(said)?.[1] ?? '', 16)
    if (left === 0) over = 'whole'
    if (Number.isNaN(left)) over = 'broken'
  }

  /** Reads a line on from a place; returns the place behind what was read. */
  function readLine(piece: Buffer, from: number): number {
    const end = piece.indexOf(LF, from)
    line += piece.toString('latin1', from, end === -1 ? undefined : end)
    if (line.length > MOST_LINE) over = 'broken'
    else if (end !== -1) begin()
    return end === -1 ? piece.length : end + 1
  }

  const isOver = (): boolean => over !== undefined

  return {
    mend(piece) {
      if (isOver()) return Buffer.alloc(0)
      const mended: Buffer[] = []
      for (let at = 0; at < piece.length && !isOver();) {
        if (left === 0) at = readLine(piece, at)
        else {
          const content = piece.subarray(at, at + left)
          mended.push(Buffer.from(`${content.length.toString(16)}\r\n`), content, Buffer.from('\r\n'))
          left -= content.length
          at += content.length
        }
      }
      return Buffer.concat(over === undefined ? mended : [...mended, ENDS[over]])
    }
  }
}
