import type { Encoder } from '../../charset/encoder.js'
import type { Profile } from '../../clients/profile.js'
import { addressValue } from '../write/attributes.js'
import { chooseCuts, cutsForm, writeSlice, type Slice } from './cut.js'
import { firstWhere } from '../tree/first-where.js'
import { findPlaces } from './cut-places.js'
import { kindOf } from '../write/model.js'
import { addPart } from '../addresses/part-address.js'
import type { Written } from '../write/serialize.js'

/** How a page is cut into parts. */
export interface PartsOptions {
  readonly profile: Profile
  readonly encoder: Encoder
  /** The address at which the client asks for the page */
  readonly address: string
  /** Identifies the page if it is the answer to a form, which cannot be asked for again */
  readonly formKey: string | undefined
  shorten(address: string): string
}

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
const FORM_NOTE = ' (A form is cut here: a button sends only the fields of its own part.)'

/** Measures text in bytes as it is sent. */
const measure =
  (encoder: Encoder) =>
  (text: string): number =>
    /^[\0-\x7F]*$/.test(text) ? text.length : encoder.encode(text).length

const titleSuffix = (number: number, count: number): string => ` (${number} of ${count})`

/** The page as one document. */
export const wholeDocument = ({ head, title, bodyStart, body, foot }: Written): string =>
  `${head}${title('')}</TITLE></HEAD>\n${bodyStart}${body}${foot}`

function startsBlock(text: string): boolean {
  const name = /^<([A-Z0-9]+)/.exec(text)?.[1]
  return name !== undefined && !['inline', 'atom'].includes(kindOf(name))
}

/** Which part it is of how many, and whether a form is cut at its beginning and at its end. */
interface PartPlace {
  readonly number: number
  readonly count: number
  readonly cut: { readonly before: boolean; readonly after: boolean }
}

/** Writes what is around the parts: heads, and lines with links to the other parts. */
class Frame {
  readonly #written: Written
  readonly #options: PartsOptions
  readonly #paragraphEnd: string
  readonly #rule: string

  constructor(written: Written, options: PartsOptions) {
    this.#written = written
    this.#options = options
    this.#paragraphEnd = options.profile.endParagraphs ? '</P>' : ''
    this.#rule = options.profile.elements.HR === undefined ? '' : '<HR>\n'
  }

  /**
   * The address of a part as the value of an attribute. The first part of a page that can be asked for again is the
   * page itself.
   */
  address(number: number): string {
    const { address, formKey, shorten, profile } = this.#options
    const short = shorten(address)
    return addressValue(
      number === 1 && formKey === undefined
        ? short
        : addPart(short, formKey === undefined ? { number } : { number, formKey }),
      profile.ampersand
    )
  }

  #line(number: number, count: number, note: string): string {
    const link = (to: number, text: string): string[] =>
      to < 1 || to > count ? [] : [`<A HREF="${this.address(to)}">${text}</A>`]
    const around = [
      ...link(number - 1, 'Previous part'),
      `Part ${number} of ${count}`,
      ...link(number + 1, 'Next part')
    ]
    return `<P>${around.join(' | ')}${note}${this.#paragraphEnd}\n`
  }

  document(text: string, { number, count, cut }: PartPlace): string {
    const { head, title, bodyStart, foot } = this.#written
    if (count === 1) return `${head}${title('')}</TITLE></HEAD>\n${bodyStart}\n${text}\n${foot}`
    const above = number === 1 ? '' : `${this.#line(number, count, cut.before ? FORM_NOTE : '')}${this.#rule}`
    // Text outside of all blocks would join the line above.
    const loose = above !== '' && this.#rule === '' && !startsBlock(text) ? '<P>' : ''
    const below = `${this.#rule}${this.#line(number, count, cut.after ? FORM_NOTE : '')}`
    const start = `${head}${title(titleSuffix(number, count))}</TITLE></HEAD>\n${bodyStart}\n`
    return `${start}${above}${loose}${text}\n${below}${foot}`
  }
}

/**
 * Writes the page as documents within the client's budget: one if it fits, else parts with links between them. Nothing
 * is lost between them.
 */
export function makeParts(written: Written, options: PartsOptions): string[] {
  const { profile, encoder } = options
  const bytes = measure(encoder)
  const whole = wholeDocument(written)
  const { pageBytes, links = Infinity } = profile.budget
  const fits = whole.length * MOST_BYTES <= pageBytes || bytes(whole) <= pageBytes
  if (fits && (links === Infinity || whole.split(LINK).length - 1 <= links)) return [whole]
  const frame = new Frame(written, options)
  const longest = { number: MOST_PARTS - 1, count: MOST_PARTS, cut: { before: true, after: true } }
  const room = pageBytes - bytes(frame.document('', longest)) - SLACK
  const places = findPlaces(written.body, { profile, bytes, room, linkGrowth: bytes(frame.address(MOST_PARTS)) })
  const slices = chooseCuts(places, { bytes: room, links: links - LINE_LINKS })
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
    const text = writeSlice({ written: written.body, edits: places.edits }, slice, {
      endParagraphs: profile.endParagraphs,
      countsOn,
      addressOf: addressFrom(at + 1)
    })
    const cut = { before: cutsForm(slice.from), after: cutsForm(slice.to) }
    return frame.document(text, { number: at + 1, count: slices.length, cut })
  })
}
