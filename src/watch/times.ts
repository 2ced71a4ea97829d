import type { Metric, Registry } from 'prom-client'

/** Measures what bears a label. */
export type Times = (label: string, seconds: number) => void

export interface TimesOptions {
  readonly name: string
  readonly help: string
  /** The name of the one label */
  readonly labelName: string
  /** Upper bounds, in order. Seconds. */
  readonly buckets: readonly number[]
  readonly registers: readonly Registry[]
}

interface Row {
  /** By bucket; those above all bounds are in none */
  readonly counts: number[]
  count: number
  sum: number
}

/**
 * A histogram with one label that adds up by itself, and tells prom-client when the figures are read: that looks for its
 * row by the sorted text of all labels, and for the bucket by the text of its bound, for each answer.
 */
export function createTimes({ name, help, labelName, buckets, registers }: TimesOptions): Times {
  const rows = new Map<string, Row>()

  function valuesOf([label, { counts, count, sum }]: readonly [string, Row]): object[] {
    const labels = { [labelName]: label }
    let below = 0
    const bucketed = buckets.map((le, at) => {
      below += counts[at]!
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: below }
    })
    return [
      ...bucketed,
      { metricName: `${name}_bucket`, labels: { le: '+Inf', ...labels }, value: count },
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count }
    ]
  }

  const metric = {
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    get: () =>
      Promise.resolve({ name, help, type: 'histogram', aggregator: 'sum', values: [...rows].flatMap(valuesOf) }),
    reset: () => rows.clear()
  }
  // All that a registry uses of a metric.
  for (const register of registers) register.registerMetric(metric as unknown as Metric)

  return (label, seconds) => {
    let row = rows.get(label)
    if (row === undefined) rows.set(label, (row = { counts: buckets.map(() => 0), count: 0, sum: 0 }))
    const bucket = buckets.findIndex(bound => seconds <= bound)
    if (bucket >= 0) row.counts[bucket]!++
    row.count++
    row.sum += seconds
  }
}
