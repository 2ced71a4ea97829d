import type { Place, Places } from './cut-place.js'
import { firstWhere } from '../tree/first-where.js'
import { closeAll, openAll, type LongForm } from '../write/open-element.js'

/** One part of what was written: between two places, of which the ends of the whole have none. */
export interface Slice {
  readonly from: Place | undefined
  readonly to: Place | undefined
}

/** What a part may hold: bytes of what was written, with the tags around it, and links. */
export interface Room {
  readonly bytes: number
  readonly links: number
}

/**
 * Share of its room that a part between two places takes; more than 1 does not fit. A link that is cut counts in both
 * parts.
 */
function shareOf(from: Place | undefined, to: Pick<Place, 'cost' | 'links' | 'open'>, { bytes, links }: Room): number {
  const used = to.cost + (to.open?.closing ?? 0) - (from?.cost ?? 0) + (from?.open?.opening ?? 0)
  return Math.max(used / bytes, (to.links - (from?.links ?? 0) + (from?.open?.inLink === true ? 1 : 0)) / links)
}

/** The best of the places that fit: far into the part, and at a good one. */
function bestOf(places: readonly Place[], first: number, last: number, from: Place | undefined, room: Room): number {
  let best = -1
  let least = Infinity
  for (let at = first; at < last; at++) {
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

/** Chooses where to cut, so that each part takes no more than the room that it has, its own start and end tags too. */
export function chooseCuts({ places, cost, links }: Places, room: Room): Slice[] {
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
      const best = bestOf(places, first, at, from, room)
      if (best < 0) {
        // Nothing fits, which only a browser without a small memory will see: what is too long goes as a whole.
        if (place !== undefined && place.end > (from?.start ?? 0)) cutAt(place, at)
        break
      }
      cutAt(places[best], best)
    }
  }
  slices.push({ from, to: undefined })
  return slices
}

export interface SliceOptions {
  readonly endParagraphs: boolean
  /** OL has START */
  readonly countsOn: boolean
  /** Where a link to a place leads from this part: #name, or an address with it */
  addressOf(name: string): string
}

/** Hidden fields of a long form that stand in other parts. */
const absentFields = (form: LongForm, start: number, end: number): string =>
  form.hidden
    .filter(({ at }) => at < start || at >= end)
    .map(({ tag }) => tag)
    .join('')

/**
 * What is written of one slice: with start tags for what is open at its beginning, and end tags for what is at its end.
 */
export function writeSlice(
  written: string,
  { edits }: Places,
  { from, to }: Slice,
  { endParagraphs, countsOn, addressOf }: SliceOptions
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
      // The line was broken for a short address.
      text += address.startsWith('#') || edit.as.inPre ? before : before.replace(/ ((?:<[A-Z]+>)*)$/, '\n$1')
      text += tag.replace(/ HREF="[^"]*"/, () => ` HREF="${address}"`)
    }
    at = edit.to
  }
  text += written.slice(at, end)
  const inner = from?.open?.inPre === true ? text : text.trimStart()
  const opened = openAll(from?.open, from?.next ?? 1, countsOn, form => absentFields(form, start, end))
  return `${opened}${to?.open?.inPre === true ? inner : inner.trimEnd()}${closeAll(to?.open, endParagraphs)}`
}

/** Whether a form with fields on both sides of a place is cut there. */
export function cutsForm(place: Place | undefined): boolean {
  const form = place?.open?.form
  return place !== undefined && typeof form === 'object' && form.first < place.end && form.last >= place.start
}
