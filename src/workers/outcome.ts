import { Failure, isMistake } from '../failures.js'

/** What a thread answers: a failure's code does not survive the way between threads, it travels as data. */
export type Outcome<T> = { readonly result: T } | Failed

interface Failed {
  readonly failed: string
  readonly detail: string
}

export function failed(error: unknown): Failed {
  if (error instanceof Failure) return { failed: error.code, detail: error.detail }
  // Nobody who reads a page can do anything with what our own code stumbled over.
  if (isMistake(error)) return { failed: 'CONVERSION_FAILED', detail: '' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'CONVERSION_FAILED'
  return { failed: code, detail: error instanceof Error ? error.message : String(error) }
}

/** What work gives, or why it failed. */
export async function outcomeOf<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { result: await work() }
  } catch (error) {
    return failed(error)
  }
}
