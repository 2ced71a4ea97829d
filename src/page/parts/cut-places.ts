import {
  AFTER_BLOCK,
  AFTER_HEADING,
  AT_BREAK,
  AT_LINE,
  AT_SPACE,
  BEFORE,
  BEFORE_ATOM,
  BEFORE_BLOCK,
  BEFORE_EMPTY_NAME,
  BEFORE_NAME,
  BEFORE_RULE,
  IN_SPANNED_ROWS,
  IN_PRE,
  IN_TEXT,
  penaltyWithin
} from './cut-penalties.js'
import { containersOf, kindOf } from '../write/model.js'
import type { Edit, Place, Places, PlacesOptions } from './cut-place.js'
import { openUpon, type OpenElement } from '../write/open-element.js'
import { longFormOf } from './long-form.js'
import { shortened } from './short-list.js'
import { textCuts } from './text-cuts.js'
import { count, numberIn } from './numbering.js'
import { tokensOf, type Token } from './tokens.js'

/** A no-break space shows. */
const BLANK = /^[ \n]*$/
const HEADING = /^H[1-6]$/

/** A control that takes more of a part's room is shortened, and takes so much then. Shares. */
const MOST_ATOM = 0.6
const SHORTENED = 0.25
/** Shares of a part's room: a tag that takes more is not sent, a form that takes more is cut. */
const MOST_TAG = 0.1
const MOST_FORM = 0.85
/** The most bytes that the number of a list takes: ` START=100000`. */
const LIST_NUMBER = 13

/** A candidate: the part before it ends at `end`, the next begins at `start`. */
interface Candidate {
  readonly end: number
  readonly start?: number
  readonly penalty: number
  /** It counts even if the innermost element is still empty */
  readonly evenEmpty?: boolean
}

interface Pushed {
  /** The extra bytes when it is opened again */
  readonly growth?: number
  readonly form?: Exclude<OpenElement['form'], undefined>
}

/** Reads what the composer wrote, and finds all places at which it may be cut. */
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
    for (const token of tokensOf(this.#written)) this.#take(token)
    return { places: this.#places, edits: this.#edits, names: this.#names, cost: this.#cost, links: this.#links }
  }

  #take(token: Token): void {
    switch (token.kind) {
      case 'text':
        if (token.text !== '') this.#text(token)
        return
      case 'end':
        return this.#end(token)
      case 'whole':
        return this.#atom(token)
      default:
        this.#start(token)
    }
  }

  /** Adds a place, unless an element before it would be empty. */
  #place({ end, start = end, penalty, evenEmpty = false }: Candidate): void {
    const open = this.#open
    if (open === undefined ? end === 0 : !open.filled && !evenEmpty) return
    this.#places.push({
      end,
      start,
      cost: this.#cost,
      links: this.#links,
      open,
      next: open?.name === 'OL' ? open.number + 1 : 1,
      penalty: penalty + penaltyWithin(open) + (this.#afterHeading ? AFTER_HEADING : 0)
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

  #text({ text, at }: Token): void {
    const isPre = this.#open?.inPre === true
    if (BLANK.test(text)) {
      // This is the space before a link, say; in PRE it may be a line.
      if (!this.#afterBlock)
        this.#place({ end: at, start: at + text.length, penalty: text.includes('\n') && isPre ? AT_LINE : AT_SPACE })
      return this.#spend(text)
    }
    if (this.#afterBlock) this.#place({ end: at, penalty: AFTER_BLOCK })
    let last = 0
    for (const { end, start, kind } of this.#options.fits ? [] : textCuts(text, isPre)) {
      const before = text.slice(last, end)
      this.#spend(before)
      if (!BLANK.test(before)) this.#fill()
      last = end
      this.#place({ end: at + end, start: at + start, penalty: (isPre ? IN_PRE : IN_TEXT)[kind] })
    }
    this.#spend(text.slice(last))
    this.#fill()
  }

  #end({ name, text }: Token): void {
    this.#popTo(open => open.name === name)
    this.#open = this.#open?.below
    this.#spend(text)
    if (HEADING.test(name)) this.#afterHeading = true
    else if (kindOf(name) !== 'inline') this.#afterBlock = true
  }

  #popTo(isWanted: (open: OpenElement) => boolean): void {
    while (this.#open !== undefined && !isWanted(this.#open)) this.#open = this.#open.below
  }

  #start(token: Token): void {
    const { name, text, at } = token
    const kind = kindOf(name)
    if (name === 'BR') {
      this.#place({ end: at, start: at + text.length, penalty: AT_BREAK })
      this.#spend(text)
    } else if (name === 'HR') this.#rule(token)
    else if (kind === 'atom') this.#atom(token)
    else if (kind === 'inline') this.#inline(token)
    else this.#block(token)
  }

  #rule({ text, at }: Token): void {
    this.#endParagraph()
    this.#place({ end: at, penalty: BEFORE_RULE })
    this.#spend(text)
    this.#fill()
    this.#afterBlock = true
  }

  #atom({ text, at }: Token): void {
    this.#place({ end: at, penalty: BEFORE_ATOM })
    const { bytes, room } = this.#options
    const isLong = text.length > room * MOST_ATOM || bytes(text) > room * MOST_ATOM
    const sent = isLong ? shortened(text, { bytes, most: room * SHORTENED }) : text
    if (sent !== text) this.#edits.push({ from: at, to: at + text.length, as: { text: sent } })
    this.#spend(sent)
    this.#fill()
  }

  #inline(token: Token): void {
    if (token.name !== 'A') return this.#push(token)
    const { text, at } = token
    const [, quoted, bare] = / NAME=(?:"([^"]*)"|(\w+))/.exec(text) ?? []
    const name = quoted ?? bare
    const link = / HREF="#([^"]*)"/.exec(text)?.[1]
    if (name !== undefined) this.#named(name, at)
    if (link !== undefined)
      this.#edits.push({ from: at, to: at + text.length, as: { name: link, inPre: this.#open?.inPre === true } })
    if (text.includes(' HREF=')) this.#links++
    const growth = link === undefined ? 0 : this.#options.linkGrowth
    this.#cost += growth
    this.#push(token, { growth })
  }

  #named(name: string, at: number): void {
    const penalty = this.#open?.filled === false ? BEFORE_EMPTY_NAME : BEFORE_NAME
    this.#place({ end: at, penalty, evenEmpty: true })
    if (!this.#names.has(name)) this.#names.set(name, at)
  }

  #endParagraph(): void {
    if (this.#open?.name === 'P' && !this.#options.profile.endTags.includes('P')) this.#open = this.#open.below
  }

  #block(token: Token): void {
    const { name, text, at } = token
    const containers = containersOf(name)
    if (containers === undefined) this.#endParagraph()
    else this.#popTo(open => containers.includes(open.name))
    const around = this.#open
    const spanned = name === 'TR' && around !== undefined && around.rows < around.spannedTo
    this.#place({ end: at, penalty: (BEFORE[name] ?? BEFORE_BLOCK) + (spanned ? IN_SPANNED_ROWS : 0) })
    this.#afterBlock = false
    if (name === 'FORM') return this.#form(token)
    this.#push(token)
    if (around !== undefined && this.#open !== undefined) count(around, this.#open, text)
  }

  #push({ name, text, at }: Token, { growth = 0, form }: Pushed = {}): void {
    const { bytes, room, profile } = this.#options
    // The explanation of an abbreviation may be of any length; addresses are bounded.
    const tooLong = name !== 'A' && name !== 'FORM' && text.length > room * MOST_TAG
    const tag = tooLong ? `<${name}>` : text
    if (tooLong) this.#edits.push({ from: at, to: at + text.length, as: { text: tag } })
    this.#spend(tag)
    const weight = bytes(tag) + 1 + growth + (name === 'OL' ? LIST_NUMBER : 0)
    const opening = form === undefined ? { name, tag, weight } : { name, tag, weight, form }
    this.#open = openUpon(this.#open, opening, profile.endTags)
    if (name === 'OL') this.#open.number = (numberIn(text, 'START') ?? 1) - 1
  }

  #form(token: Token): void {
    const { bytes, room } = this.#options
    const { at } = token
    const end = this.#written.indexOf('</FORM>', at)
    const text = this.#written.slice(at, end < 0 ? undefined : end)
    if (bytes(text) + (this.#open?.opening ?? 0) + (this.#open?.closing ?? 0) < room * MOST_FORM)
      return this.#push(token, { form: 'whole' })
    const { form, weight } = longFormOf(text, at, this.#options)
    this.#edits.push({ from: at, to: at + token.text.length, as: { form } })
    this.#cost += weight
    this.#push(token, { form, growth: weight })
  }
}

/** Finds all places at which the composer's text may be cut, in order, and what differs from part to part. */
export const findPlaces = (written: string, options: PlacesOptions): Places => new Finder(written, options).find()
