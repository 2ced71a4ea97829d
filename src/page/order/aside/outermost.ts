import type { Region, Survey } from '../../content/blocks.js'

/** Parts of these mean nothing on their own, or belong to what stands around them. */
export const KEPT = new Set(
  'body main article li dt dd td th tr tbody thead table caption label option select button figure figcaption h1 h2 h3 h4 h5 h6'.split(
    ' '
  )
)

/**
 * The outermost regions from one block up to another that pass a test, in order; those with no block between them
 * stand together.
 */
export function outermost(
  { regions }: Survey,
  [from, to]: readonly [number, number],
  test: (region: Region) => boolean
): Region[][] {
  const found: Region[][] = []
  let done = from
  for (const region of regions) {
    if (region.first < done || region.end > to || region.end <= region.first || !test(region)) continue
    const together = region.first === done ? found.at(-1) : undefined
    if (together === undefined) found.push([region])
    else together.push(region)
    done = region.end
  }
  return found
}
