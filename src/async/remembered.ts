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

/** What is remembered by things that are compared with each other, of those that came last: there are few. */
export interface Few<K, V> {
  find(key: K): V | undefined
  keep(key: K, value: V): V
}

/**
 * Remembers what was found for things of which each comparison takes less time than to write a text of it.
 *
 * @param most things
 * @param areSame whether two of them are as good as one
 */
export function createFew<K, V>(most: number, areSame: (one: K, other: K) => boolean): Few<K, V> {
  const known: { readonly key: K; readonly value: V }[] = []
  return {
    find: key => known.find(one => areSame(one.key, key))?.value,
    keep(key, value) {
      known.unshift({ key, value })
      if (known.length > most) known.pop()
      return value
    }
  }
}
