import {
  AFTER_BLOCK,
  AFTER_HEADING,
  AT_BREAK,
  AT_LINE,
  AT_SPACE,
  AT_SPACE_IN_PRE,
  BEFORE,
  BEFORE_ATOM,
  BEFORE_BLOCK,
  BEFORE_EMPTY_NAME,
  BEFORE_NAME,
  EACH_LEVEL,
  EACH_TABLE,
  IN_LINK,
  IN_SPANNED_ROWS,
  IN_WHOLE_FORM,
  IN_WORD
} from './cut-penalties.js'
import { kindOf } from '../write/model.js'
import type { Edit, Place, Places, PlacesOptions } from './cut-place.js'
import { openUpon, type OpenElement } from '../write/open-element.js'

/** Without a > at its end a tag is none that the composer wrote: it is read to the end of the text, once. */
const TOKEN = /<(\/?)([A-Z][A-Z0-9]*)\b[^>]*>?/g
/** A no-break space is something. */
const BLANK = /^[ \n]*$/
const HEADING = /^H[1-6]$/
const WHOLE = new Set(['SELECT', 'TEXTAREA', 'MAP'])
const CONTAINERS: Readonly<Record<string, readonly string[]>> = {
  LI: ['UL', 'OL'],
  DT: ['DL'],
  DD: ['DL'],
  TR: ['TABLE'],
  CAPTION: ['TABLE'],
  TD: ['TR'],
  TH: ['TR']
}

/** Text is looked at for places after so many characters. */
const TEXT_STEP = 200
/**
 * A control that takes more of a part than this is not sent. Fractions of its room; hidden fields are sent with each
 * part of a form.
 */
const MOST_ATOM = 0.6
const MOST_HIDDEN = 0.25
const MOST_TAG = 0.1
const MOST_FORM = 0.85
/** The longest is &#1114111; with its marks. Characters. */
const LONGEST_REFERENCE = 10
const TOO_LONG = '[A field is left out here: it is too long for this browser.]'

/** Reads what the composer wrote, which is regular, and finds all places where it may be cut. */
class Finder {
  readonly #written: string
  readonly #options: PlacesOptions
  readonly #places: Place[] = []
  readonly #edits: Edit[] = []
  readonly #names = new Map<string, number>()
  #open: OpenElement | undefined
  #cost = 0
  #links = 0
  #afterHeading = false
  #afterBlock = false

  constructor(written: string, options: PlacesOptions) {
    this.#written = written
    this.#options = options
  }

  find(): Places {
    const token = new RegExp(TOKEN)
    let from = 0
    for (let match = token.exec(this.#written); match !== null; match = token.exec(this.#written)) {
      const [tag, slash, name] = match as unknown as [string, string, string]
      this.#text(from, match.index)
      from = match.index + tag.length
      if (slash === '/') this.#end(name, tag)
      else if (WHOLE.has(name)) from = this.#whole(name, match.index)
      else this.#start(name, tag, match.index)
      token.lastIndex = from
    }
    this.#text(from, this.#written.length)
    return { places: this.#places, edits: this.#edits, names: this.#names, cost: this.#cost, links: this.#links }
  }

  /** Notes a place, unless an element would be left empty before it. */
  #place(end: number, start: number, penalty: number, evenEmpty = false): void {
    const open = this.#open
    if (open === undefined ? end === 0 : !open.filled && !evenEmpty) return
    const around =
      open === undefined
        ? 0
        : EACH_LEVEL * open.depth +
          EACH_TABLE * open.tables +
          (open.inLink ? IN_LINK : 0) +
          (open.form === 'whole' ? IN_WHOLE_FORM : 0)
    this.#places.push({
      end,
      start,
      cost: this.#cost,
      links: this.#links,
      open,
      next: open?.name === 'OL' ? open.number + 1 : 1,
      penalty: penalty + around + (this.#afterHeading ? AFTER_HEADING : 0)
    })
  }

  #fill(): void {
    for (let element = this.#open; element !== undefined && !element.filled; element = element.below)
      element.filled = true
    this.#afterHeading = false
    this.#afterBlock = false
  }

  #spend(text: string): void {
    this.#cost += this.#options.bytes(text)
  }

  #text(from: number, to: number): void {
    if (from === to) return
    const text = this.#written.slice(from, to)
    if (BLANK.test(text)) {
      // The space before a link, say; in PRE it may be a line.
      if (!this.#afterBlock)
        this.#place(from, to, text.includes('\n') && this.#open?.inPre === true ? AT_LINE : AT_SPACE)
      return this.#spend(text)
    }
    if (this.#afterBlock) this.#place(from, from, AFTER_BLOCK)
    const pre = this.#open?.inPre === true
    let last = 0
    let noted = -TEXT_STEP
    for (const { 0: found, index } of text.matchAll(/[ \n]|[^ \n]{200}/g)) {
      const isLine = pre && found === '\n'
      if (!isLine && index - noted < TEXT_STEP && found.length === 1) continue
      const end = found.length === 1 ? index : this.#wholeCharacters(text, index + found.length)
      if (end < last || (end === last && found.length > 1)) continue
      this.#spend(text.slice(last, end))
      if (!BLANK.test(text.slice(last, end))) this.#fill()
      last = end
      noted = end
      this.#place(
        from + end,
        from + end + (found.length === 1 ? 1 : 0),
        isLine ? AT_LINE : found.length > 1 ? IN_WORD : pre ? AT_SPACE_IN_PRE : AT_SPACE
      )
    }
    this.#spend(text.slice(last))
    this.#fill()
  }

  /** A reference and a pair of surrogates stay in one piece. */
  #wholeCharacters(text: string, end: number): number {
    const begun = /&[^&;]*$/.exec(text.slice(end - LONGEST_REFERENCE, end))
    if (begun !== null) return end - begun[0].length
    return /[\uDC00-\uDFFF]/.test(text.charAt(end)) ? end - 1 : end
  }

  #end(name: string, tag: string): void {
    this.#popTo(open => open.name === name)
    this.#open = this.#open?.below
    this.#spend(tag)
    if (HEADING.test(name)) this.#afterHeading = true
    else if (kindOf(name) !== 'inline') this.#afterBlock = true
  }

  #popTo(isWanted: (open: OpenElement) => boolean): void {
    while (this.#open !== undefined && !isWanted(this.#open)) this.#open = this.#open.below
  }

  #start(name: string, tag: string, at: number): void {
    const kind = kindOf(name)
    if (name === 'BR') {
      this.#place(at, at + tag.length, AT_BREAK)
      this.#spend(tag)
    } else if (name === 'HR') {
      this.#endParagraph()
      this.#place(at, at, BEFORE.HR!)
      this.#spend(tag)
      this.#fill()
      this.#afterBlock = true
    } else if (kind === 'atom') this.#atom(tag, at)
    else if (kind === 'inline') this.#inline(name, tag, at)
    else this.#block(name, tag, at)
  }

  #whole(name: string, at: number): number {
    const end = this.#written.indexOf(`</${name}>`, at)
    const to = end < 0 ? this.#written.length : end + name.length + 3
    this.#atom(this.#written.slice(at, to), at)
    return to
  }

  #atom(text: string, at: number): void {
    this.#place(at, at, BEFORE_ATOM)
    const tooLong =
      text.length > this.#options.room * MOST_ATOM || this.#options.bytes(text) > this.#options.room * MOST_ATOM
    if (tooLong) this.#edits.push({ from: at, to: at + text.length, as: { text: TOO_LONG } })
    this.#spend(tooLong ? TOO_LONG : text)
    this.#fill()
  }

  #inline(name: string, tag: string, at: number): void {
    const place = name === 'A' ? / NAME=(?:"([^"]*)"|(\w+))/.exec(tag) : null
    const link = name === 'A' ? / HREF="#([^"]*)"/.exec(tag) : null
    if (place !== null) {
      this.#place(at, at, this.#open?.filled === false ? BEFORE_EMPTY_NAME : BEFORE_NAME, true)
      const named = place[1] ?? place[2]!
      if (!this.#names.has(named)) this.#names.set(named, at)
    }
    if (link !== null)
      this.#edits.push({ from: at, to: at + tag.length, as: { name: link[1]!, inPre: this.#open?.inPre === true } })
    if (name === 'A' && tag.includes(' HREF=')) this.#links++
    this.#cost += link === null ? 0 : this.#options.linkGrowth
    this.#push(name, tag, at, link === null ? 0 : this.#options.linkGrowth)
  }

  #endParagraph(): void {
    if (this.#open?.name === 'P' && !this.#options.profile.endParagraphs) this.#open = this.#open.below
  }

  #block(name: string, tag: string, at: number): void {
    const containers = CONTAINERS[name]
    if (containers === undefined) this.#endParagraph()
    else this.#popTo(open => containers.includes(open.name))
    const around = this.#open
    const spanned = name === 'TR' && around !== undefined && around.rows < around.spannedTo
    this.#place(at, at, (BEFORE[name] ?? BEFORE_BLOCK) + (spanned ? IN_SPANNED_ROWS : 0))
    this.#afterBlock = false
    if (name === 'FORM') return this.#form(tag, at)
    this.#push(name, tag, at)
    if (around !== undefined) this.#count(around, this.#open!, tag)
  }

  /** Items and rows are numbered. */
  #count(around: OpenElement, element: OpenElement, tag: string): void {
    if (element.name === 'LI')
      element.number = around.number = Number(/ VALUE=(\d+)/.exec(tag)?.[1] ?? around.number + 1)
    if (element.name === 'TR') around.rows++
    const table = around.below
    const rows = Number(/ ROWSPAN=(\d+)/.exec(tag)?.[1] ?? 1)
    if (table !== undefined && rows > 1) table.spannedTo = Math.max(table.spannedTo, table.rows + rows - 1)
  }

  #push(name: string, tag: string, at: number, growth = 0, form?: OpenElement['form'], hidden = 0): void {
    const { bytes, room, profile } = this.#options
    // An explanation of an abbreviation may be of any length; addresses are not.
    const tooLong = name !== 'A' && name !== 'FORM' && tag.length > room * MOST_TAG
    const kept = tooLong ? `<${name}>` : tag
    if (tooLong) this.#edits.push({ from: at, to: at + tag.length, as: { text: kept } })
    this.#spend(kept)
    this.#open = openUpon(
      this.#open,
      {
        name,
        tag: kept,
        weight: bytes(kept) + 1 + growth + hidden + (name === 'OL' ? 13 : 0),
        ...(form === undefined ? {} : { form })
      },
      profile.endParagraphs
    )
    if (name === 'OL') this.#open.number = Number(/ START=(\d+)/.exec(tag)?.[1] ?? 1) - 1
  }

  #form(tag: string, at: number): void {
    const { bytes, room } = this.#options
    const end = this.#written.indexOf('</FORM>', at)
    const text = this.#written.slice(at, end < 0 ? undefined : end)
    if (bytes(text) + (this.#open?.opening ?? 0) + (this.#open?.closing ?? 0) < room * MOST_FORM)
      return this.#push('FORM', tag, at, 0, 'whole')
    const controls = [...text.matchAll(/<(?:INPUT|SELECT|TEXTAREA)\b[^>]*>?/g)].map(({ 0: tag, index }) => ({
      tag,
      at: at + index,
      hidden: / TYPE="?hidden"?[ >]/i.test(tag)
    }))
    const shown = controls.filter(({ hidden }) => !hidden)
    const all = controls.filter(({ hidden }) => hidden)
    const weight = all.reduce((sum, { tag }) => sum + bytes(tag), 0)
    const hidden = weight > room * MOST_HIDDEN ? [] : all
    const form = { hidden, first: shown[0]?.at ?? Infinity, last: shown.at(-1)?.at ?? -Infinity }
    this.#edits.push({ from: at, to: at + tag.length, as: { form } })
    if (hidden.length > 0) this.#cost += weight
    this.#push('FORM', tag, at, 0, form, hidden.length > 0 ? weight : 0)
  }
}

/** All places where what the composer wrote may be cut, in order, and what changes with the parts. */
export const findPlaces = (written: string, options: PlacesOptions): Places => new Finder(written, options).find()
