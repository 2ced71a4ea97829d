/** A part of a path: as it is written, or with names for what may stand there. */
interface Segment {
  readonly written: string
  readonly names: readonly string[]
  readonly literals: readonly string[]
}

/**
 * The beginning of a path, by whole parts: /news/{id} is that of /news/12 and /news/12/comments; /news/{id}$ is the
 * whole of /news/12.
 */
export interface PathPattern {
  readonly segments: readonly Segment[]
  readonly whole: boolean
}

/** A longer part of a path is no name of anything. Characters. */
const MOST_CHARACTERS = 500

/** What stands for the names of a pattern, as in the address. */
export type PathValues = Readonly<Record<string, string>>

const segmentsOf = (path: string): string[] => path.split('/').filter(segment => segment !== '')

const NAME = /\{(\w+)\}/

function readSegment(written: string): Segment {
  // At odd places of the pieces stand the names.
  const pieces = written.split(NAME)
  return { written, names: pieces.filter((_, at) => at % 2 === 1), literals: pieces.filter((_, at) => at % 2 === 0) }
}

/**
 * What stands between the literals of a segment, at least one character each; the first takes as much as it can. From
 * the end, where each literal is looked for once: a pattern with three names would try all places for all of them.
 */
function valuesIn(part: string, literals: readonly string[]): readonly string[] | undefined {
  const values: string[] = []
  const last = literals.at(-1) ?? ''
  let end = part.length - last.length
  if (!part.endsWith(last)) return undefined
  for (let index = literals.length - 2; index >= 0; index--) {
    const literal = literals[index] ?? ''
    const at = index === 0 ? 0 : part.lastIndexOf(literal, end - 1 - literal.length)
    const from = at + literal.length
    if (at < 0 || from >= end || !part.startsWith(literal, at)) return undefined
    values.unshift(part.slice(from, end))
    end = at
  }
  return end === 0 ? values : undefined
}

/** A pattern as rules write it: {name} stands for a part of the path, or within one ({slug}-{id}). */
export const readPathPattern = (path: string): PathPattern => ({
  segments: segmentsOf(path.replace(/\$$/, '')).map(readSegment),
  whole: path.endsWith('$')
})

/** The names of a pattern. */
export const namesIn = ({ segments }: PathPattern): string[] => segments.flatMap(({ names }) => names)

/** What a path has for the names of a pattern; undefined if it does not begin so. */
export function matchPath({ segments, whole }: PathPattern, pathname: string): PathValues | undefined {
  const given = segmentsOf(pathname)
  if (whole && given.length !== segments.length) return undefined
  const values: Record<string, string> = {}
  for (const [at, { names, literals }] of segments.entries()) {
    const part = given[at]
    if (part === undefined || part.length > MOST_CHARACTERS) return undefined
    const found = valuesIn(part, literals)
    if (found === undefined) return undefined
    names.forEach((name, number) => {
      values[name] = found[number] ?? ''
    })
  }
  return values
}

/** Puts values for the names in braces; undefined if one is missing. */
export function fillPath(template: string, values: PathValues): string | undefined {
  const NAME = /\{(\w+)\}/g
  if ([...template.matchAll(NAME)].some(([, name = '']) => !Object.hasOwn(values, name))) return undefined
  return template.replace(NAME, (_, name: string) => values[name] ?? '')
}

/** How much a pattern says: more parts first, then a whole path, then more that is written out. */
export const weightOf = ({ segments, whole }: PathPattern): number =>
  segments.reduce((sum, { written }) => sum + 10_000 + written.replace(/\{\w+\}/g, '').length, whole ? 5000 : 0)
