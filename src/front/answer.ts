import type { Readable } from 'node:stream'

/**
 * What goes back to the old browser. A Buffer is sent with its length; a stream with the length that headers name, if
 * any.
 */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: Buffer | Readable
}

/** An answer whose whole body is there. */
export interface WholeAnswer extends Answer {
  readonly body: Buffer
}
