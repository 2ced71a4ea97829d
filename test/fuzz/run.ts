import fc from 'fast-check'
import type { Test } from 'tap'

/** Time of a target, a file of tests, when FUZZ_SECONDS says nothing else: a minute. Seconds. */
const USUAL_SECONDS = 60
/** The tests have this seed: what they find, they find for everybody. `npm run fuzz` has another each time. */
const FIXED_SEED = 19950816
/** Time to make what was found smaller. Milliseconds. */
const SHRINK_MILLISECONDS = 60_000
/** More than any time allows: the clock ends a run. */
const ENDLESS = 2 ** 31 - 1

const { FUZZ_SECONDS, FUZZ_SEED, FUZZ_PATH } = process.env

/** What must hold of a value: it throws with what is wrong. */
export type Claim<T> = (value: T) => void | Promise<void>

const check = async <T>(
  values: fc.Arbitrary<T>,
  claim: Claim<T>,
  parameters: fc.Parameters<[T]>
): Promise<fc.RunDetails<[T]>> => {
  // The clock ends a run in the middle of a value: what it has begun must be over before the next.
  let running: void | Promise<void> = undefined
  const property = fc.asyncProperty(values, async value => {
    running = claim(value)
    await running
  })
  const details = await fc.check(property, { numRuns: ENDLESS, markInterruptAsFailure: false, ...parameters })
  await Promise.resolve(running).catch(() => {})
  return details
}

/** Looks for values that break a claim for so long; says the smallest one, and how to come back to it. */
async function search<T>(
  values: fc.Arbitrary<T>,
  claim: Claim<T>,
  seed: number,
  milliseconds: number
): Promise<{ runs: number; found?: string }> {
  const first = await check(values, claim, {
    seed,
    ...(FUZZ_PATH === undefined ? {} : { path: FUZZ_PATH }),
    interruptAfterTimeLimit: milliseconds,
    endOnFailure: true
  })
  if (!first.failed) return { runs: first.numRuns }
  const shrunk = await check(values, claim, {
    seed,
    path: first.counterexamplePath ?? '',
    numRuns: 1,
    interruptAfterTimeLimit: SHRINK_MILLISECONDS
  })
  const { counterexample, counterexamplePath, errorInstance } = shrunk.failed ? shrunk : first
  const reason =
    errorInstance instanceof Error
      ? (errorInstance.stack ?? errorInstance.message).replace(/\n\s+at [^\n]*fast-check[^]*$/, '')
      : String(errorInstance)
  return {
    runs: first.numRuns,
    found: `FUZZ_SEED=${seed} FUZZ_PATH=${counterexamplePath ?? ''}\n${reason}\n${fc.stringify(counterexample)}`
  }
}

/**
 * Tries a claim with made-up values for its share of FUZZ_SECONDS (a fraction of the time of its target). FUZZ_SEED and
 * FUZZ_PATH, as they are printed with what is found, repeat it.
 */
export async function fuzz<T>(
  t: Test,
  name: string,
  share: number,
  values: fc.Arbitrary<T>,
  claim: Claim<T>
): Promise<void> {
  const { runs, found } = await search(
    values,
    claim,
    Number(FUZZ_SEED ?? FIXED_SEED),
    Number(FUZZ_SECONDS ?? USUAL_SECONDS) * 1000 * share
  )
  if (found !== undefined) t.fail(`${name}: ${found}`)
  t.ok(runs > 0, `${name}: ${runs} values`)
}

/** Fails with what is wrong, if anything is. */
export function none(problems: readonly string[], what = ''): void {
  if (problems.length > 0) throw new Error(`${problems.join('\n')}${what === '' ? '' : `\n${what}`}`)
}
