import type { Counters } from './remote/counters.js'
import type { SharedBytes } from './remote/shared-bytes.js'

/** What a store has more that several proxies share. */
export interface SharedPart {
  /**
   * Has get() and keys() know what others have written: all of a person by any key of it, and single values that are
   * nobody's. Never rejects, and not for long.
   */
  bring(keys: readonly string[]): Promise<void>
  /** Resolves when what all agree on is known, or cannot be had now. Never rejects. */
  ready(): Promise<void>
  readonly bytes: SharedBytes
  readonly counters: Counters
}

/**
 * Small values that outlive the process, by key, some of them for a limited time. Values are plain data. Nothing here
 * throws.
 */
export interface Store {
  /** The value that this process set last; or that another process has written so far. */
  get(key: string): unknown
  set(key: string, value: unknown, forSeconds?: number): void
  remove(key: string): void
  /** All keys with this beginning, in no order; the values of some may have expired. */
  keys(prefix: string): string[]
  /**
   * Waits until everything set so far would survive kill -9; not for long, and not at all if it cannot be written.
   * Undefined where nothing is waited for.
   */
  written(): Promise<void> | undefined
  /** Whether values are kept in memory alone because they cannot be written, and how many are. */
  trouble(): { readonly failing: boolean; readonly waiting: number }
  /** Waits until everything is written, if it can be. */
  close(): Promise<void>
  /** Others write to it as well, and it bounds itself: what is in it is not counted here. */
  readonly shared?: SharedPart
}
