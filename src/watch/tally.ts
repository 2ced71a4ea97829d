import { Counter, type CounterConfiguration } from 'prom-client'

/** Adds one to the row of these labels, which are given in the order in which the counter names them. */
export type Tally = (...labels: readonly string[]) => void

/** The values of labels are names of ours, in which it does not occur. */
const BETWEEN = ' '

/**
 * A counter that adds up by itself, and tells prom-client when the figures are read: that sorts and joins the labels of
 * a row each time that it counts one, for four counts of each answer.
 */
export function createTally<Label extends string>(options: CounterConfiguration<Label>): Tally {
  const rows = new Map<string, number>()
  const labels = options.labelNames ?? []
  const labelsOf = (row: string): Partial<Record<Label, string>> => {
    const values = row.split(BETWEEN)
    return Object.fromEntries(labels.map((label, at) => [label, values[at]])) as Partial<Record<Label, string>>
  }
  new Counter<Label>({
    ...options,
    collect() {
      for (const [row, count] of rows) this.inc(labelsOf(row), count)
      rows.clear()
    }
  })
  return (...values) => {
    let row = values[0] ?? ''
    for (let at = 1; at < values.length; at++) row += BETWEEN + values[at]!
    rows.set(row, (rows.get(row) ?? 0) + 1)
  }
}
