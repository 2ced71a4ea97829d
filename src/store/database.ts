import type { Entry } from './entry.js'

/** Entries to be written, and undefined for those to be removed. */
export type Changes = ReadonlyMap<string, Entry | undefined>

/** A file of entries. Reading throws when the file can no longer be read. */
export interface Database {
  get(key: string): Entry | undefined
  keys(prefix: string): Iterable<string>
  /** Up to so many entries behind a key, in the order of keys; undefined for an entry that cannot be read. */
  after(key: string, most: number): Array<readonly [key: string, entry: Entry | undefined]>
  /**
   * Writes all of the changes or none; once written they survive a loss of power.
   * @throws Error that says why not; DatabaseFull if the database would become too large.
   */
  write(changes: Changes): Promise<void>
  /** Whether writes would be lost: its file was deleted, or replaced by another one. */
  isGone(): boolean
  isReadable(): boolean
  close(): Promise<void>
}

/** The changes would make the database larger than it may be; removals are done all the same. */
export class DatabaseFull extends Error {}
