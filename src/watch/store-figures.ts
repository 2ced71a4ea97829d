import { Histogram, type Registry } from 'prom-client'

/** From a store on this machine to one that does not answer. Seconds. */
const BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.25, 0.5, 1]

/** Counts and measures what a shared store is asked. Milliseconds. */
export function countStore(registers: Registry[]): (operation: string, milliseconds: number) => void {
  const seconds = new Histogram({
    name: 'retrograde_store_seconds',
    help: "Answers of the shared store: whether a person has changed (person-look), all of a person (person-load), a value that is nobody's (value-read), what is set (write), bytes of parts and images (bytes-read, bytes-write), quotas (count).",
    labelNames: ['operation'] as const,
    buckets: BUCKETS,
    registers
  })
  return (operation, milliseconds) => seconds.observe({ operation }, milliseconds / 1000)
}
