import type { Place, Places } from './cut-place.js'
import { firstWhere } from '../tree/first-where.js'

/** A place that is worse tears apart what stands together: a row, a line, a link. Penalty. */
const WORST = 0.9
/** The places that are tried: between two texts there are a few tags. */
const TRIED = 8
/** With less behind its content a page stays whole, if it can: a request costs about as much. Bytes. */
const LEAST_BYTES = 2500
/** Nothing but white space and tags that show nothing */
const NOTHING = /^(?:<(?!(?:IMG|INPUT|SELECT|TEXTAREA)\b)[^<>]*>|[ \n])*$/

/** The place where what stands behind the content begins, if a part may begin there and is worth it: never in a form. */
export function placeOfRest(body: string, at: number, { places, cost }: Places): Place | undefined {
  const next = firstWhere(places, ({ end }) => end >= at)
  // The tags of a link or a name may be written before its first text.
  let first = next
  while (first > 0 && next - first < TRIED && NOTHING.test(body.slice(places[first - 1]!.end, at))) first--
  let best: Place | undefined
  for (const place of places.slice(first, next + TRIED)) {
    if (!NOTHING.test(body.slice(at, place.end))) break
    if (place.open?.form === undefined && place.penalty < (best?.penalty ?? WORST)) best = place
  }
  return best === undefined || cost - best.cost < LEAST_BYTES ? undefined : best
}
