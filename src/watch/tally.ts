import { Counter, type CounterConfiguration } from 'prom-client'

// Counters that add up by themselves, and tell prom-client when the figures are read: that sorts and joins the labels of
// a row each time that it counts one, for seven counts of each answer.

/** Adds one to the row of two labels, which are given in the order in which the counter names them. */
export type Tally = (first: string, second: string) => void

export function createTally<Label extends string>({
  labelNames: [one, other],
  ...options
}: CounterConfiguration<Label> & { readonly labelNames: readonly [Label, Label] }): Tally {
  const rows = new Map<string, Map<string, number>>()
  new Counter<Label>({
    ...options,
    labelNames: [one, other],
    collect() {
      for (const [first, row] of rows)
        for (const [second, count] of row)
          this.inc({ [one]: first, [other]: second } as Partial<Record<Label, string>>, count)
      rows.clear()
    }
  })
  return (first, second) => {
    const row = rows.get(first) ?? new Map<string, number>()
    if (row.size === 0) rows.set(first, row)
    row.set(second, (row.get(second) ?? 0) + 1)
  }
}

/** Adds to what a counter without labels has counted. */
export type Sum = (amount: number) => void

export function createSum(options: CounterConfiguration<never>): Sum {
  let sum = 0
  new Counter({
    ...options,
    collect() {
      this.inc(sum)
      sum = 0
    }
  })
  return amount => {
    sum += amount
  }
}
