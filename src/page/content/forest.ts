import type { Features } from './table.js'

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

/** After so many trees, a score so low (log-odds) is not raised to a doubt by the others; most blocks are of menus. */
const ENOUGH = 30
const SURELY_NOT = -4
/** What was found to be less likely is not looked at again. */
const UNLIKELY = 0.02

/**
 * Finds for each row how likely it is, 0 to 1.
 *
 * @param known what is known of the rows: those that are surely not are left at that
 */
export type Forest = (features: Features, known?: Float32Array) => Float32Array

export function createForest({ bias, roots, columns, values, others }: ForestData): Forest {
  const column = Int16Array.from(columns)
  const value = Float32Array.from(values)
  const other = Int32Array.from(others)
  return ({ rows, width }, known) => {
    const count = width === 0 ? 0 : rows.length / width
    const found = new Float32Array(count)
    for (let row = 0; row < count; row++) {
      if (known !== undefined && known[row]! < UNLIKELY) {
        found[row] = known[row]!
        continue
      }
      const from = row * width
      let score = bias
      for (let tree = 0; tree < roots.length; tree++) {
        if (tree === ENOUGH && score < SURELY_NOT) break
        let at = roots[tree]!
        for (let asked = column[at]!; asked !== -1; asked = column[at]!)
          at = rows[from + asked]! <= value[at]! ? at + 1 : other[at]!
        score += value[at]!
      }
      found[row] = 1 / (1 + Math.exp(-score))
    }
    return found
  }
}
