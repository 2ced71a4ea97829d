import type { Encoder } from '../../charset/encoder.js'
import type { Profile } from '../../clients/profile.js'
import { chooseCuts, cutsForm, writeSlice, type Room, type Slice } from './cut.js'
import { firstWhere } from '../tree/first-where.js'
import { findPlaces } from './cut-places.js'
import { Frame, type PartsOptions } from './frame.js'
import { placeOfRest } from './rest-place.js'
import { sizeText } from '../write/size-text.js'
import { withoutLine, type Unlined } from './source-lines.js'
import type { Written } from '../write/serialize.js'

/** No page has more parts. */
const MOST_PARTS = 99_999
/**
 * Room for line ends, for a P before text that would join the line above, and for titles that are cut at another word.
 * Bytes.
 */
const SLACK = 96
/** The most bytes of a UTF-16 unit in any charset: with it most pages are known to fit without being encoded. */
const MOST_BYTES = 4
const LINK = ' HREF='
/** Links in the lines around a part. */
const LINE_LINKS = 4
type Measure = (text: string) => number

interface Measured {
  readonly budget: Profile['budget']
  readonly bytes: Measure
}

/** Measures text in bytes as it is sent. */
const measure =
  (encoder: Encoder): Measure =>
  text =>
    /^[\0-\x7F]*$/.test(text) ? text.length : encoder.encode(text).length

/** The page as one document. */
export const wholeDocument = ({ head, title, bodyStart, body, foot }: Written): string =>
  `${head}${title('')}</TITLE></HEAD>\n${bodyStart}${body}${foot}`

const linksIn = (text: string): number => text.split(LINK).length - 1

/** Whether a page is within the budget of its client as it is. */
function fits(whole: string, { budget: { pageBytes, links = Infinity }, bytes }: Measured): boolean {
  const inBytes = whole.length * MOST_BYTES <= pageBytes || bytes(whole) <= pageBytes
  return inBytes && (links === Infinity || linksIn(whole) <= links)
}

/** What a part may hold besides the lines around it. */
function roomIn(frame: Frame, { written, lines }: Unlined, { budget, bytes }: Measured): Room {
  const { first, further } = lines
  const { pageBytes, links = Infinity } = budget
  const longest = {
    number: MOST_PARTS - 1,
    count: MOST_PARTS,
    cut: { before: true, after: true },
    rest: written.marks.rest?.told
  }
  return {
    bytes: pageBytes - bytes(frame.document('', longest)) - SLACK,
    links: links - LINE_LINKS - linksIn(further),
    first: {
      bytes: Math.max(0, bytes(first) - bytes(further)),
      links: Math.max(0, linksIn(first) - linksIn(further))
    }
  }
}

/**
 * Writes the page as documents within the client's budget: one if it fits, else parts with links between them. Nothing
 * is lost between them.
 */
export function makeParts(page: Written, options: PartsOptions): string[] {
  const { profile, encoder } = options
  const bytes = measure(encoder)
  const measured = { budget: profile.budget, bytes }
  const whole = wholeDocument(page)
  const isShort = fits(whole, measured)
  if (isShort && page.marks.rest === undefined) return [whole]
  const unlined = withoutLine(page)
  const { body, marks } = unlined.written
  const { rest } = marks
  const frame = new Frame(unlined, options)
  const room = roomIn(frame, unlined, measured)
  const places = findPlaces(body, {
    fits: isShort,
    profile,
    bytes,
    room: room.bytes,
    linkGrowth: bytes(frame.address(MOST_PARTS))
  })
  const restPlace = rest === undefined ? undefined : placeOfRest(body, rest.at, places)
  if (isShort && restPlace === undefined) return [whole]
  const slices = chooseCuts(places, room, restPlace)
  const partOf = (at: number): number => firstWhere(slices, ({ to }) => to === undefined || at < to.end) + 1
  const addressFrom =
    (part: number) =>
    (name: string): string => {
      const at = places.names.get(name)
      const to = at === undefined ? part : partOf(at)
      return to === part ? `#${name}` : `${frame.address(to)}#${name}`
    }
  const countsOn = profile.elements.OL?.includes('START') === true
  return slices.map((slice: Slice, at) => {
    const text = writeSlice({ written: body, edits: places.edits }, slice, {
      endTags: profile.endTags,
      countsOn,
      addressOf: addressFrom(at + 1)
    })
    const cut = { before: cutsForm(slice.from), after: cutsForm(slice.to) }
    const told =
      restPlace === undefined || slice.to !== restPlace
        ? undefined
        : `${rest!.told === '' ? '' : `: ${rest!.told}`} (${sizeText(places.cost - restPlace.cost)})`
    return frame.document(text, { number: at + 1, count: slices.length, cut, rest: told })
  })
}
