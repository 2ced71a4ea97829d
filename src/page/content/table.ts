/** Numbers for each block, `width` of them, in rows; the columns mean the same for every page. */
export interface Features {
  readonly rows: Float32Array
  readonly width: number
}

/** More columns than any table has. */
const MOST_COLUMNS = 512

/** Takes a table number by number, row after row; the first row says how many columns there are. */
export class TableWriter {
  readonly #count: number
  readonly #row = new Float32Array(MOST_COLUMNS)
  #rows = new Float32Array(0)
  #width = 0
  #at = 0
  #done = 0

  /** @param count rows that will come */
  constructor(count: number) {
    this.#count = count
  }

  readonly put = (value: number): void => {
    this.#row[this.#at++] = value
  }

  putAll(values: Float32Array): void {
    this.#row.set(values, this.#at)
    this.#at += values.length
  }

  endRow(): void {
    if (this.#done === 0) {
      this.#width = this.#at
      this.#rows = new Float32Array(this.#count * this.#width)
    }
    this.#rows.set(this.#row.subarray(0, this.#width), this.#done * this.#width)
    this.#done++
    this.#at = 0
  }

  table(): Features {
    return { rows: this.#rows, width: this.#width }
  }
}
