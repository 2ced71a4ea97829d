import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Test } from 'tap'
import { cpuMilliseconds } from './context.js'

/** Time that a doubling may cost at most, as a factor: twice for what is linear, the rest for noise and n log n. */
export const MOST_GROWTH = 2.7

/** What takes less is noise. CPU milliseconds. */
const LEAST_MILLISECONDS = 12
/** What is still below LEAST_MILLISECONDS at this size costs nothing worth measuring. Units of the shape. */
const LARGEST = 1 << 20
const REPEATS = 2
const LOOKS = 3

/** Makes what is to be done with n units of a shape; making it is not measured. */
export type Shape = (n: number) => () => unknown

function once(work: () => unknown): number {
  const before = cpuMilliseconds()
  work()
  return cpuMilliseconds() - before
}

setFlagsFromString('--expose-gc')
/** What was done before is not to be paid for in what is measured. */
export const collectGarbage = runInNewContext('gc') as () => void

function least(shape: Shape, n: number): number {
  collectGarbage()
  return Math.min(...Array.from({ length: REPEATS }, () => once(shape(n))))
}

/** The first size, by doubling, at which the work is measurable; undefined where it stays free. */
function measurable(shape: Shape, from: number, largest: number): number | undefined {
  for (let n = from; n <= largest; n *= 2)
    if (once(shape(n)) >= LEAST_MILLISECONDS && once(shape(n)) >= LEAST_MILLISECONDS) return n
  return undefined
}

export interface Growth {
  readonly n: number
  readonly milliseconds: readonly number[]
  readonly factor: number
}

function lookAt(shape: Shape, n: number): Growth {
  const milliseconds = [n, 2 * n, 4 * n].map(size => least(shape, size))
  return { n, milliseconds, factor: Math.sqrt(milliseconds[2]! / milliseconds[0]!) }
}

/**
 * CPU time of a shape at n, 2n and 4n, and the factor of a doubling (the root of 4n to n). One that grows is looked at
 * again at twice the size, as far as `largest` lets it: what was noise is less there, what was not is more.
 */
export function growthOf(
  shape: Shape,
  { from = 64, largest = LARGEST }: { from?: number; largest?: number } = {}
): Growth | undefined {
  const n = measurable(shape, from, largest)
  if (n === undefined) return undefined
  let best = lookAt(shape, n)
  for (let look = 1; look < LOOKS && best.factor >= MOST_GROWTH; look++) {
    const next = lookAt(shape, Math.min(largest, n << look))
    if (next.factor < best.factor) best = next
  }
  return best
}

/** Fails where CPU time grows faster than the size of what is sent. */
export function isLinear(t: Test, what: string, shape: Shape, sizes?: { from?: number; largest?: number }): void {
  const growth = growthOf(shape, sizes)
  const said =
    growth === undefined
      ? 'free'
      : `${growth.milliseconds.map(Math.round).join(', ')} ms at ${growth.n}, twice and four times as many`
  t.ok(growth === undefined || growth.factor < MOST_GROWTH, `${what}: ${said}`)
}
