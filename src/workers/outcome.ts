import { Failure, isMistake } from '../failures.js'
import { messageOf } from '../system-error.js'

/** The answer of a thread. Errors lose their code on the way between threads, so a failure travels as data. */
export type Outcome<T> = { readonly result: T } | Failed

interface Failed {
  readonly failed: string
  readonly detail: string
}

export function failed(error: unknown): Failed {
  if (error instanceof Failure) return { failed: error.code, detail: error.detail }
  // What went wrong in our own code is of no use to the person who reads the page.
  if (isMistake(error)) return { failed: 'CONVERSION_FAILED', detail: '' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'CONVERSION_FAILED'
  return { failed: code, detail: messageOf(error) }
}

/** Runs work, and turns a failure into data. */
export async function outcomeOf<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { result: await work() }
  } catch (error) {
    return failed(error)
  }
}
