/** Names of what a list can be narrowed down by, or put in another order. */
export const FACETS: ReadonlySet<string> = new Set(
  'filter filters facet facets refine refinement refinements sorting'.split(' ')
)
/** The same with a name that columns of a page have as well. */
export const NARROWING: ReadonlySet<string> = new Set([...FACETS, 'narrow'])
