import { LRUCache } from 'lru-cache'

/** What is remembered by a text, of those that were asked for last. */
export type Remembered<V> = (key: string, make: () => V) => V

export interface RememberedOptions {
  /** Texts of which is remembered what was found of them */
  readonly most: number
  /** A longer text is a stranger's doing: of it nothing is remembered. Characters. */
  readonly longest: number
}

/** Remembers what is always the same for a text, and takes long to find out. */
export function createRemembered<V extends boolean | string | object>({
  most,
  longest
}: RememberedOptions): Remembered<V> {
  const known = new LRUCache<string, V>({ max: most })
  return (key, make) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const made = make()
    if (key.length <= longest) known.set(key, made)
    return made
  }
}
