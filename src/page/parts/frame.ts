import type { Encoder } from '../../charset/encoder.js'
import type { Profile } from '../../clients/profile.js'
import { addPart } from '../addresses/part-address.js'
import { addressValue } from '../write/attributes.js'
import { kindOf } from '../write/model.js'
import type { SourceLines, Unlined } from './source-lines.js'
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

const RULE = '<HR>'
const FORM_NOTE = ' (A form is cut here: a button sends only the fields of its own part.)'

const titleSuffix = (number: number, count: number): string => ` (${number} of ${count})`

function startsBlock(text: string): boolean {
  const name = /^<([A-Z0-9]+)/.exec(text)?.[1]
  return name !== undefined && !['inline', 'atom'].includes(kindOf(name))
}

/** Without a line of the page at its end, and at its beginning, where the frame has one. */
function unruled(text: string, atStart: boolean): string {
  const inner = text.endsWith(RULE) ? text.slice(0, -RULE.length).trimEnd() : text
  return atStart && inner.startsWith(RULE) ? inner.slice(RULE.length).trimStart() : inner
}

/** Which part it is of how many, and whether a form is cut at its beginning and at its end. */
export interface PartPlace {
  readonly number: number
  readonly count: number
  readonly cut: { readonly before: boolean; readonly after: boolean }
  /** What the next part and those behind it hold, if the content of the page ends here */
  readonly rest?: string | undefined
}

/** Writes what is around the parts: heads, and lines with links to the other parts and to the source. */
export class Frame {
  readonly #written: Written
  readonly #options: PartsOptions
  readonly #lines: SourceLines
  readonly #paragraphEnd: string
  readonly #rule: string

  constructor({ written, lines }: Unlined, options: PartsOptions) {
    this.#written = written
    this.#options = options
    this.#lines = lines
    this.#paragraphEnd = options.profile.endTags.includes('P') ? '</P>' : ''
    this.#rule = options.profile.elements.HR === undefined ? '' : `${RULE}\n`
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

  #line({ number, count, rest }: PartPlace, note: string): string {
    const link = (to: number, text: string): string[] =>
      to < 1 || to > count ? [] : [`<A HREF="${this.address(to)}">${text}</A>`]
    const next = link(number + 1, rest === undefined ? 'Next part' : 'Rest of this page')
    const around = [...link(number - 1, 'Previous part'), `Part ${number} of ${count}`, ...next]
    return `<P>${around.join(' | ')}${rest ?? ''}${note}${this.#paragraphEnd}\n`
  }

  /** The text with the line to the source on its side of it. */
  #lined(text: string, line: string, rule: string): string {
    if (line === '') return text
    return this.#lines.isTop ? `${line}\n${this.#rule}${text}` : `${text}${rule}${line}\n`
  }

  document(text: string, part: PartPlace): string {
    const { head, title, bodyStart, foot } = this.#written
    const { number, count, cut } = part
    const { first, further } = this.#lines
    const rule = this.#rule
    const start = (suffix: string): string => `${head}${title(suffix)}</TITLE></HEAD>\n${bodyStart}\n`
    if (count === 1) return `${start('')}${this.#lined(`${text}\n`, first, rule)}${foot}`
    const above = number === 1 ? '' : `${this.#line({ ...part, rest: undefined }, cut.before ? FORM_NOTE : '')}${rule}`
    const inner = rule === '' ? text : unruled(text, above !== '')
    // Text outside of all blocks would join the line above.
    const loose = above !== '' && rule === '' && !startsBlock(text) ? '<P>' : ''
    const below = `${rule}${this.#line(part, cut.after ? FORM_NOTE : '')}`
    const lined = this.#lined(`${above}${loose}${inner}\n${below}`, number === 1 ? first : further, '')
    return `${start(titleSuffix(number, count))}${lined}${foot}`
  }
}
