import type { Block } from './blocks.js'

/** The logarithms of the counts that blocks have: to find one takes ten times as long as to look it up (measured). */
const LOGS = Float64Array.from({ length: 4096 }, (_, count) => Math.log1p(count))

/** Counts grow by factors: 1 to 2 is as far as 100 to 200. */
export const log = (count: number): number => (count < LOGS.length ? LOGS[count]! : Math.log1p(count))

export const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)

/** Sums over blocks: from any to any in one step. */
export function sumsOf(blocks: readonly Block[], of: (block: Block, at: number) => number): Float64Array {
  const sums = new Float64Array(blocks.length + 1)
  let sum = 0
  blocks.forEach((block, at) => {
    sum += of(block, at)
    sums[at + 1] = sum
  })
  return sums
}

/** More columns than any row has. */
const MOST_COLUMNS = 512

/** Writes rows of numbers, one after the other, in the same place; the columns mean the same for every page. */
export class RowWriter {
  readonly #room = new Float32Array(MOST_COLUMNS)
  #at = 0
  #row = this.#room

  readonly put = (value: number): void => {
    this.#room[this.#at++] = value
  }

  putAll(values: Float32Array): void {
    this.#room.set(values, this.#at)
    this.#at += values.length
  }

  /** What was written since the last row; the next one is written over it. */
  end(): Float32Array {
    if (this.#row.length !== this.#at) this.#row = this.#room.subarray(0, this.#at)
    this.#at = 0
    return this.#row
  }
}

/** Rows that are kept in one piece. */
const PIECE_ROWS = 64

/** Rows of one length that are kept, many in one piece: to make room for each of them takes as long as to fill it. */
export class RowList {
  readonly #pieces: Float32Array[] = []
  #width = 0
  #count = 0

  add(row: Float32Array): void {
    const place = this.#count++ % PIECE_ROWS
    if (place === 0) this.#pieces.push(new Float32Array(PIECE_ROWS * row.length))
    this.#width = row.length
    this.#pieces.at(-1)!.set(row, place * row.length)
  }

  /** The row that was added as this one, from 0. */
  row(at: number): Float32Array {
    const from = (at % PIECE_ROWS) * this.#width
    return this.#pieces[Math.floor(at / PIECE_ROWS)]!.subarray(from, from + this.#width)
  }
}
