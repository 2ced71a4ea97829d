/** What lasts: small values under a key, some of them for a time only. Values are plain data. */
export interface Store {
  get (key: string): unknown
  set (key: string, value: unknown, forSeconds?: number): void
  close (): Promise<void>
}
