/**
 * The index of the first of a sorted list that passes a test, where all behind it pass too; the length of the list if
 * none does.
 */
export function firstWhere<T>(sorted: readonly T[], test: (value: T) => boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const value = sorted[middle]
    if (value === undefined || test(value)) high = middle
    else low = middle + 1
  }
  return low
}
