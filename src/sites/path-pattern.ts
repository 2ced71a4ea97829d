/** A part of a path: as it is written, or a name for whatever stands there. */
type Segment = { readonly literal: string } | { readonly name: string }

/** The beginning of a path, by whole parts: /news/{id} is that of /news/12 and /news/12/comments. */
export type PathPattern = readonly Segment[]

/** What stands for the names of a pattern, as in the address. */
export type PathValues = Readonly<Record<string, string>>

const segmentsOf = (path: string): string[] => path.split('/').filter(segment => segment !== '')

/** A pattern as rules write it. */
export function readPathPattern (path: string): PathPattern {
  return segmentsOf(path).map(segment => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1]
    return name === undefined ? { literal: segment } : { name }
  })
}

/** The names of a pattern. */
export const namesIn = (pattern: PathPattern): string[] => pattern.flatMap(segment => 'name' in segment ? [segment.name] : [])

/** What a path has for the names of a pattern; undefined if it does not begin so. */
export function matchPath (pattern: PathPattern, pathname: string): PathValues | undefined {
  const given = segmentsOf(pathname)
  const values: Record<string, string> = {}
  for (const [at, segment] of pattern.entries()) {
    const part = given[at]
    if (part === undefined) return undefined
    if ('name' in segment) values[segment.name] = part
    else if (segment.literal !== part) return undefined
  }
  return values
}

/** Puts values for the names in braces; undefined if one is missing. */
export function fillPath (template: string, values: PathValues): string | undefined {
  let missing = false
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    missing ||= !Object.hasOwn(values, name)
    return values[name] ?? ''
  })
  return missing ? undefined : filled
}

/** How much a pattern says: more parts first, then more that are written out. */
export const weightOf = (pattern: PathPattern): number => pattern.length * 100 + pattern.filter(segment => 'literal' in segment).length
