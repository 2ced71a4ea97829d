import type { Place, Places } from './cut-place.js'
import { firstWhere } from '../tree/first-where.js'
import { closeAll, openAll, type LongForm } from '../write/open-element.js'

/** One part of the written page, between two places; undefined stands for its beginning or end. */
export interface Slice {
  readonly from: Place | undefined
  readonly to: Place | undefined
}

/** What a part may hold: bytes, including the tags that are added around it, and links. */
export interface Room {
  readonly bytes: number
  readonly links: number
  /** What the line around the first part takes beyond those of the others */
  readonly first: { readonly bytes: number; readonly links: number }
}

/**
 * The share of its room that a part between two places takes; above 1 it does not fit. A link that is cut counts in
 * both parts.
 */
function shareOf(
  from: Place | undefined,
  to: Pick<Place, 'cost' | 'links' | 'open'>,
  { bytes, links, first }: Room
): number {
  const used = to.cost + (to.open?.closing ?? 0)
  if (from === undefined) return Math.max((used + first.bytes) / bytes, (to.links + first.links) / links)
  const inLink = from.open?.inLink === true ? 1 : 0
  return Math.max((used - from.cost + (from.open?.opening ?? 0)) / bytes, (to.links - from.links + inLink) / links)
}

/** Where a part may end: the places that are tried, by index, and the one where it begins. */
interface Span {
  readonly first: number
  /** This one is not tried */
  readonly end: number
  readonly from: Place | undefined
}

/** The index of the best place of those that fit: far into the part, with a low penalty. -1 if none fits. */
function bestOf(places: readonly Place[], { first, end, from }: Span, room: Room): number {
  let best = -1
  let least = Infinity
  for (let at = first; at < end; at++) {
    const place = places[at]
    if (place === undefined) break
    const share = shareOf(from, place, room)
    if (share > 1 || place.end <= (from?.start ?? 0)) continue
    const badness = place.penalty + 1 - share
    if (badness > least) continue
    least = badness
    best = at
  }
  return best
}

/**
 * Chooses the places to cut so that each part fits its room, including its own start and end tags; and ends the first
 * one where the rest begins, if that is in it.
 */
export function chooseCuts({ places, cost, links }: Places, room: Room, rest?: Place): Slice[] {
  const slices: Slice[] = []
  let from: Place | undefined
  let first = 0
  const cutAt = (to: Place | undefined, at: number): void => {
    slices.push({ from, to })
    from = to
    first = at + 1
  }
  for (let at = 0; at <= places.length; at++) {
    const place = places[at]
    while (shareOf(from, place ?? { cost, links, open: undefined }, room) > 1) {
      const best = bestOf(places, { first, end: at, from }, room)
      if (best < 0) {
        // If nothing fits, it goes as a whole: only browsers without a small memory get such parts.
        if (place !== undefined && place.end > (from?.start ?? 0)) cutAt(place, at)
        break
      }
      cutAt(places[best], best)
    }
    if (place !== undefined && place === rest && from === undefined) cutAt(place, at)
  }
  slices.push({ from, to: undefined })
  return slices
}

export interface SliceOptions {
  readonly endTags: readonly string[]
  /** The profile has START of OL */
  readonly countsOn: boolean
  /** The address of a place for a link in this part: #name, or an address with it */
  addressOf(name: string): string
}

/** The hidden fields of a long form that are in other parts. */
const absentFields = (form: LongForm, start: number, end: number): string =>
  form.hidden
    .filter(({ at }) => at < start || at >= end)
    .map(({ tag }) => tag)
    .join('')

/**
 * Writes one slice, with start tags for the elements that are open at its beginning and end tags for those at its end.
 */
export function writeSlice(
  { written, edits }: { written: string; edits: Places['edits'] },
  { from, to }: Slice,
  { endTags, countsOn, addressOf }: SliceOptions
): string {
  const start = from?.start ?? 0
  const end = to?.end ?? written.length
  let text = ''
  let at = start
  const last = firstWhere(edits, ({ from }) => from >= end)
  const first = firstWhere(edits, ({ from }) => from >= start)
  for (const edit of edits.slice(first, last)) {
    const before = written.slice(at, edit.from)
    const tag = written.slice(edit.from, edit.to)
    if ('text' in edit.as) text += before + edit.as.text
    else if ('form' in edit.as) text += before + tag + absentFields(edit.as.form, start, end)
    else {
      const address = addressOf(edit.as.name)
      // The composer broke the line for the short address: before a longer one it is broken again.
      text += address.startsWith('#') || edit.as.inPre ? before : before.replace(/ ((?:<[A-Z]+>)*)$/, '\n$1')
      text += tag.replace(/ HREF="[^"]*"/, () => ` HREF="${address}"`)
    }
    at = edit.to
  }
  text += written.slice(at, end)
  const inner = from?.open?.inPre === true ? text : text.trimStart()
  const opened = openAll(from?.open, from?.next ?? 1, countsOn, form => absentFields(form, start, end))
  return `${opened}${to?.open?.inPre === true ? inner : inner.trimEnd()}${closeAll(to?.open, endTags)}`
}

/** Whether a place cuts a form that has fields on both sides. */
export function cutsForm(place: Place | undefined): boolean {
  const form = place?.open?.form
  return place !== undefined && typeof form === 'object' && form.first < place.end && form.last >= place.start
}
