/** What lasts: small values under a key, some of them for a time only. Values are plain data. Nothing here throws. */
export interface Store {
  /** What was set last in this process; of other processes what they have written so far. */
  get(key: string): unknown
  set(key: string, value: unknown, forSeconds?: number): void
  remove(key: string): void
  /** Keys that begin so, in no order; the values of some may be too old to be got. */
  keys(prefix: string): string[]
  /** Waits until what was set so far survives kill -9; not for long, and not at all if it cannot be written. */
  written(): Promise<void>
  /** Whether what is set is kept in memory alone because it cannot be written; how much of it waits. */
  trouble(): { readonly failing: boolean; readonly waiting: number }
  /** Waits until all is written, if it can be. */
  close(): Promise<void>
}
