/**
 * A name, and a value with or without quotes. No two parts of the pattern match the same character, so that it never
 * goes back.
 */
const ATTRIBUTE = /[\s/]*([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]*)))?/y

/** Addresses usually have no other references. */
const AMPERSANDS = /&(?:amp|#0*38|#x0*26);/gi

/**
 * Reads the attributes of a tag whose name ends at `start`, without parsing the page; the first of each name counts.
 * `end` is where it stopped: a caller that continues there reads each character once, however many tags have no end.
 */
export function tagAttributes(
  markup: string,
  start: number,
  mostCharacters: number
): { attributes: Map<string, string>; end: number } {
  const text = markup.slice(start, start + mostCharacters)
  const found = new Map<string, string>()
  const next = new RegExp(ATTRIBUTE)
  let end = 0
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    end = next.lastIndex
    const [, name = '', double, single, bare] = match
    const key = name.toLowerCase()
    if (!found.has(key)) found.set(key, (double ?? single ?? bare ?? '').replace(AMPERSANDS, '&'))
  }
  return { attributes: found, end: start + end }
}
