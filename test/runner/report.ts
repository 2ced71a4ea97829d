/** An assertion that failed. */
export interface FailedAssertion {
  /** The tests that it stands in, and its own */
  readonly name: string
  /** What tap says of it, as text */
  readonly details: string
}

/** How long something took. */
export interface Took {
  readonly milliseconds: number
  /** What the process worked meanwhile, with its threads and with processes of its own that have ended */
  readonly cpuMilliseconds: number
}

/** A test with all that stands in it. */
export interface CaseReport extends Took {
  /** The tests that it stands in, and its own */
  readonly name: string
}

/** What a file of tests came to. */
export interface FileReport extends Took {
  readonly file: string
  readonly passed: number
  readonly failed: readonly FailedAssertion[]
  readonly skipped: number
  readonly cases: readonly CaseReport[]
}

/** What the processes that run files say to the one that started them. */
export type FromFiles = { readonly ready: true } | { readonly report: FileReport }
