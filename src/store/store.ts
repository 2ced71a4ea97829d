/** What lasts: small values under a key, some of them for a time only. Values are plain data. */
export interface Store {
  /** What was set last in this process; of other processes what they have written so far. */
  get (key: string): unknown
  set (key: string, value: unknown, forSeconds?: number): void
  remove (key: string): void
  /** Keys that begin so, in no order; the values of some may be too old to be got. */
  keys (prefix: string): string[]
  /** Waits until what was set so far survives kill -9; not for long, if the disk does not answer. */
  written (): Promise<void>
  /** Waits until all is written. */
  close (): Promise<void>
}
