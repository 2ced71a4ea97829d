/** Things with the same key together, in the order of the first of each. */
export function grouped<T>(things: Iterable<T>, keyOf: (thing: T) => unknown): T[][] {
  const groups = new Map<unknown, T[]>()
  for (const thing of things) {
    const key = keyOf(thing)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [thing])
    else group.push(thing)
  }
  return [...groups.values()]
}
