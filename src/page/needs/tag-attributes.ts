/** A name, and a value in quotes or without. No two parts can take the same character: nothing is gone back for. */
const ATTRIBUTE = /[\s/]*([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]*)))?/y

/** In addresses no other references are usual. */
const AMPERSANDS = /&(?:amp|#0*38|#x0*26);/gi

/**
 * The attributes of a tag whose name ends at `start`, without parsing the page; the first of those of one name counts.
 * `end` is where reading has ended: who goes on from there reads each character once, however many tags have no end.
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
