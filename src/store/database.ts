import type { Entry } from './entry.js'

/** Entries to be written, and undefined for those to be removed. */
export type Changes = ReadonlyMap<string, Entry | undefined>

/** A file of entries. What is read from it throws if the file cannot be read any more. */
export interface Database {
  get(key: string): Entry | undefined
  keys(prefix: string): Iterable<string>
  /** At most so many entries behind a key, in the order of keys; no entry for what cannot be read. */
  after(key: string, most: number): Array<readonly [key: string, entry: Entry | undefined]>
  /**
   * All or nothing, and then it survives a loss of power.
   * @throws Error that says why not; DatabaseFull if it is too large.
   */
  write(changes: Changes): Promise<void>
  /** Whether what is written now would be lost: its file was deleted, or another one stands in its place. */
  isGone(): boolean
  isReadable(): boolean
  close(): Promise<void>
}

/** What is to be written would make the database larger than it may be. What is removed is removed all the same. */
export class DatabaseFull extends Error {}
