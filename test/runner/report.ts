/** An assertion that failed. */
export interface FailedAssertion {
  /** The tests that it stands in, and its own */
  readonly name: string
  /** What tap says of it, as text */
  readonly details: string
}

/** What a file of tests came to. */
export interface FileReport {
  readonly file: string
  readonly passed: number
  readonly failed: readonly FailedAssertion[]
  readonly skipped: number
  readonly milliseconds: number
}

/** What the processes that run files say to the one that started them. */
export type FromFiles = { readonly ready: true } | { readonly report: FileReport }
