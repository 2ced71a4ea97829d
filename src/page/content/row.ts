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
