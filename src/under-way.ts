/** Work that many may ask for at the same time and that is done once, to its end, whoever still waits for it. */
export type UnderWay<T> = (key: string, work: () => Promise<T>) => Promise<T> | undefined

/** @param most works at the same time; a further one is not begun, and undefined is what there is of it */
export function createUnderWay<T> (most: number): UnderWay<T> {
  const running = new Map<string, Promise<T>>()
  return (key, work) => {
    const known = running.get(key)
    if (known !== undefined || running.size >= most) return known
    const begun = work().finally(() => running.delete(key))
    running.set(key, begun)
    return begun
  }
}
