/**
 * Decision trees, all in one list, each in pre-order: the child for values up to the threshold follows its parent.
 * Plain data, as a file has it.
 */
export interface ForestData {
  /** What all trees together begin with; log-odds */
  readonly bias: number
  /** First node of each tree */
  readonly roots: readonly number[]
  /** Column that a node asks about; -1: a leaf */
  readonly columns: readonly number[]
  /** Threshold of a node; log-odds of a leaf */
  readonly values: readonly number[]
  /** Where greater values go */
  readonly others: readonly number[]
}

/** Finds for a row of numbers how likely it is, 0 to 1. */
export type Forest = (row: Float32Array) => number

export function createForest({ bias, roots, columns, values, others }: ForestData): Forest {
  const column = Int16Array.from(columns)
  const value = Float32Array.from(values)
  const other = Int32Array.from(others)
  const root = Int32Array.from(roots)
  // V8 knows that what such an array holds is a number, and makes no object of each sum.
  const begin = Float64Array.of(bias)
  return row => {
    let score = begin[0]!
    for (const node of root) {
      let at = node
      for (let asked = column[at]!; asked !== -1; asked = column[at]!)
        at = row[asked]! <= value[at]! ? at + 1 : other[at]!
      score += value[at]!
    }
    return 1 / (1 + Math.exp(-score))
  }
}
