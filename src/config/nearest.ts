import { closest, distance } from 'fastest-levenshtein'

/** More letters are not typed wrong: it is another word. */
const MOST_WRONG = 3

/** "; did you mean X?" when a name is nearly one of those that there are; else nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = closest(name, names)
  return distance(name, near) <= Math.min(MOST_WRONG, Math.ceil(name.length / 2)) ? `; did you mean ${near}?` : ''
}
