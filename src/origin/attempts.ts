import { Failure } from '../failures.js'

/** The connections to sites that may still be opened for one request of a client. */
export interface Attempts {
  /** Whose request it is; empty for what we ask for ourselves */
  readonly client: string
  /** Counts one more. @throws Failure GIVEN_UP when there were enough. */
  take(): void
}

/** Whatever fails and is tried in another way, a request comes to its end after so many. */
export function createAttempts(most: number, client: string): Attempts {
  let left = most
  return {
    client,
    take() {
      if (left-- <= 0) throw new Failure('GIVEN_UP', `${most} connections`)
    }
  }
}
