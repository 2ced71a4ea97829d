import type { Profile } from '../clients/profile.js'
import type { Writing } from './attributes.js'
import { Lines } from './lines.js'
import { accepts, allowedInPre, impliedChild, kindOf, needsEndTag } from './model.js'

/** A block on the stack. It is written when something is written into it, so that none is ever empty. */
interface Frame {
  readonly name: string
  readonly start: string
  /** An element of the tree, or one that the document type needs here */
  readonly implied: boolean
  written: boolean
  /** A block that may not stand in this one stands in its place for now */
  suspended: boolean
  /** Depth of that block */
  waitsFor: number
  /** Text stands in it since its start or since its last block */
  hasText: boolean
  /** A paragraph in it ended without an end tag: text that follows begins another */
  endsParagraph: boolean
}

interface Inline { readonly name: string, readonly start: string }

/**
 * Writes valid old HTML, whatever it is given: blocks, inline elements, text and atoms come in the order of the tree,
 * and the composer closes, opens again and implies what the document type wants. An inline element around a block is
 * closed before it and opened again inside it; one that nothing is written into never appears.
 */
export class Composer {
  readonly #profile: Profile
  readonly #writing: Writing
  readonly #lines = new Lines()
  readonly #stack: Frame[] = []
  readonly #wanted: Inline[] = []
  readonly #open: Inline[] = []
  readonly #anchors: string[] = []
  #breaks = 0
  #paragraph = false
  #space = false
  /** Nothing has been written since a block began or ended: white space means nothing here. */
  #fresh = true

  constructor (profile: Profile, writing: Writing) {
    this.#profile = profile
    this.#writing = writing
  }

  /** Whether the profile writes elements of this name. */
  knows (name: string): boolean {
    return this.#profile.elements[name] !== undefined
  }

  get #top (): Frame {
    for (let at = this.#stack.length - 1; at >= 0; at--) {
      const frame = this.#stack[at]!
      if (!frame.suspended) return frame
    }
    throw new Error('the body is not open')
  }

  get insidePre (): boolean {
    return this.#top.name === 'PRE'
  }

  /** Opens a block; returns what closeBlock needs, or undefined if it may not stand here (a boundary stands for it). */
  openBlock (name: string, start: string): number | undefined {
    this.#endImplied(name)
    const depth = this.#stack.length
    if (!this.#makeRoom(name, depth)) return undefined
    this.#closeInlines()
    this.#clearPending()
    this.#stack.push({ name, start, implied: false, written: false, suspended: false, waitsFor: 0, hasText: false, endsParagraph: false })
    return depth
  }

  /** Closes the block that openBlock opened at this depth, and all within it. */
  closeBlock (depth: number): void {
    this.#closeInlines()
    while (this.#stack.length > depth) this.#pop()
    for (let at = this.#stack.length - 1; at >= 0 && this.#stack[at]!.suspended && this.#stack[at]!.waitsFor === depth; at--) this.#stack[at]!.suspended = false
    this.#clearPending()
  }

  #pop (): void {
    const frame = this.#stack.pop()!
    if (!frame.written) return
    if (needsEndTag(frame.name, this.#profile.endParagraphs)) this.#lines.piece(`</${frame.name}>`)
    const below = this.#stack.at(-1)
    if (below !== undefined) {
      below.hasText = false
      below.endsParagraph = frame.name === 'P' && !this.#profile.endParagraphs
    }
    this.#fresh = true
  }

  /** Ends implied paragraphs and items that the coming block, or the next item, does not belong to. */
  #endImplied (name: string): void {
    for (let top = this.#stack.at(-1); top !== undefined && top.implied; top = this.#stack.at(-1)) {
      const below = this.#stack.at(-2)
      const ends = top.name === 'P' || (below !== undefined && accepts(this.#profile.html, below.name, name) && kindOf(below.name) === 'structure')
      if (!ends) return
      this.#closeInlines()
      this.#pop()
    }
  }

  /** Makes the top of the stack a container that takes the block: implies items, suspends what takes only text. */
  #makeRoom (name: string, depth: number): boolean {
    if (name === 'FORM' && this.#stack.some(frame => frame.name === 'FORM')) return false
    const suspended: Frame[] = []
    for (;;) {
      const top = this.#top
      if (accepts(this.#profile.html, top.name, name)) return true
      const kind = kindOf(top.name)
      if (kind === 'structure' && !['TR', 'TD', 'TH', 'CAPTION', 'LI', 'DT', 'DD'].includes(name)) {
        this.#imply(impliedChild(top.name))
        continue
      }
      const mayWait = kind === 'text' && top.name !== 'CAPTION' && isHeavy(name, top.name)
      if (!mayWait) {
        for (const frame of suspended) frame.suspended = false
        return false
      }
      this.#closeInlines()
      this.#suspend(top)
      top.waitsFor = depth
      suspended.push(top)
    }
  }

  #suspend (frame: Frame): void {
    if (frame.written && needsEndTag(frame.name, this.#profile.endParagraphs)) this.#lines.piece(`</${frame.name}>`)
    frame.written = false
    frame.suspended = true
    frame.hasText = false
    this.#fresh = true
  }

  #imply (name: string): void {
    this.#closeInlines()
    this.#stack.push({ name, start: `<${name}>`, implied: true, written: false, suspended: false, waitsFor: 0, hasText: false, endsParagraph: false })
  }

  #clearPending (): void {
    this.#breaks = 0
    this.#paragraph = false
    this.#space = false
    this.#fresh = true
  }

  /** What comes next begins on a line of its own, or after an empty line. */
  boundary (paragraph: boolean): void {
    if (!this.#top.hasText) return
    this.#space = false
    if (paragraph) this.#paragraph = true
    else this.#breaks = Math.max(this.#breaks, 1)
  }

  /** A BR of the page: counts, up to an empty line. */
  lineBreak (): void {
    if (this.#top.hasText) this.#breaks = Math.min(this.#breaks + 1, 2)
    this.#space = false
  }

  openInline (name: string, start: string): void {
    this.#wanted.push({ name, start })
  }

  closeInline (): void {
    this.#wanted.pop()
  }

  /** A place that links lead to: written with the next text. */
  anchor (start: string): void {
    this.#anchors.push(start)
  }

  /** An empty cell: Netscape draws no border around it. */
  #fillsCell (): boolean {
    const { name, hasText } = this.#top
    return (name === 'TD' || name === 'TH') && !hasText
  }

  /** Text as the page has it; white space is collapsed here, no-break spaces too, or kept in PRE. */
  text (value: string): void {
    if (this.insidePre) return this.#preformatted(value)
    const words = /[\t\n\r\f\u00A0]|  /.test(value) ? value.replace(/[ \t\n\r\f\u00A0]+/g, ' ') : value
    if (words === ' ' || words === '') {
      if (value.includes('\u00A0') && this.#fillsCell()) this.atom('', this.#writing.text('\u00A0'))
      else if (words === ' ') this.#space = true
      return
    }
    if (words.startsWith(' ')) this.#space = true
    const inner = this.#writing.text(words.trim())
    const after = words.endsWith(' ')
    if (inner !== '' && inner !== ' ') {
      this.#prepare('')
      this.#lines.words(inner)
      this.#wrote()
    }
    if (after) this.#space = true
  }

  /** Something of one piece within text: an image, a control. */
  atom (name: string, written: string): void {
    const top = this.#top
    // A label and its field are kept apart by style sheets.
    if (CONTROLS.has(name) && !this.insidePre) this.#space = true
    const leavesPre = top.name === 'PRE' && !allowedInPre(name)
    if (leavesPre) {
      this.#closeInlines()
      this.#suspend(top)
    }
    this.#prepare(name)
    this.#lines.piece(written)
    this.#wrote()
    if (!leavesPre) return
    this.#closeInlines()
    while (this.#stack.at(-1) !== top) this.#pop()
    top.suspended = false
    this.#clearPending()
  }

  /** A control that shows nothing: it needs an open block, but breaks no line and takes no space. */
  hidden (written: string): void {
    this.#placeForText()
    this.#writeFrames()
    this.#lines.piece(written)
  }

  /** A line across the page. */
  rule (written: string): void {
    const depth = this.openBlock('HR', '')
    if (depth === undefined) return this.boundary(true)
    this.#stack.pop()
    this.#writeFrames()
    this.#lines.line()
    this.#lines.piece(written)
    this.#top.hasText = false
    this.closeBlock(depth)
  }

  #wrote (): void {
    this.#top.hasText = true
    this.#fresh = false
    this.#space = false
  }

  #placeForText (): void {
    while (kindOf(this.#top.name) === 'structure') this.#imply(impliedChild(this.#top.name))
  }

  #prepare (atom: string): void {
    this.#placeForText()
    this.#separate()
    this.#writeFrames()
    this.#writeAnchors()
    this.#matchInlines(atom)
  }

  /** Writes the breaks that are due before text. */
  #separate (): void {
    const top = this.#top
    const breaks = this.#breaks
    const paragraph = this.#paragraph || top.endsParagraph || (breaks > 0 && !this.knows('BR'))
    this.#breaks = 0
    this.#paragraph = false
    top.endsParagraph = false
    if (breaks === 0 && !paragraph) return
    if (paragraph && (kindOf(top.name) === 'flow' || (top.name === 'P' && top.implied)) && this.knows('P')) {
      this.#closeInlines()
      if (top.name === 'P') this.#pop()
      this.#imply('P')
      this.#clearPending()
    } else if (this.knows('BR')) {
      this.#closeTo(this.#common())
      this.#lines.piece('<BR>'.repeat(Math.max(breaks, 1)))
      this.#lines.line()
      this.#space = false
      this.#fresh = true
    } else this.#space = true
  }

  #writeFrames (): void {
    for (const frame of this.#stack) {
      if (frame.written || frame.suspended) continue
      if (frame.name !== 'TD' && frame.name !== 'TH') this.#lines.line()
      this.#lines.piece(frame.start)
      frame.written = true
      this.#fresh = true
    }
  }

  #allowed (inline: Inline, atom: string): boolean {
    if (inline.name === 'A' && atom === 'A') return false
    return !this.insidePre || allowedInPre(inline.name)
  }

  /** The inline elements that should be open: no A within A (the inner one wins), none that PRE forbids. */
  #desired (atom: string): Inline[] {
    const lastLink = this.#wanted.findLastIndex(inline => inline.name === 'A')
    return this.#wanted.filter((inline, at) => (inline.name !== 'A' || at === lastLink) && this.#allowed(inline, atom))
  }

  // Compared by what is written: two links in a row to one address become one link.
  #common (desired = this.#desired('')): number {
    let same = 0
    while (same < this.#open.length && this.#open[same]!.start === desired[same]?.start) same++
    return same
  }

  #matchInlines (atom: string): void {
    if (this.#wanted.length === 0 && this.#open.length === 0) {
      if (this.#space && !this.#fresh) this.#lines.space()
      this.#space = false
      return
    }
    const desired = this.#desired(atom)
    const same = this.#common(desired)
    const isLink = (inline: Inline): boolean => inline.name === 'A'
    // Style sheets keep the links of a menu apart; here a space must.
    if (this.#open.slice(same).some(isLink) && desired.slice(same).some(isLink)) this.#space = true
    this.#closeTo(same)
    if (this.#space && !this.#fresh) this.#lines.space()
    this.#space = false
    for (const inline of desired.slice(this.#open.length)) {
      this.#lines.piece(inline.start)
      this.#open.push(inline)
    }
  }

  /** Places stand before links, never in them: A does not nest. */
  #writeAnchors (): void {
    if (this.#anchors.length === 0) return
    const link = this.#open.findIndex(inline => inline.name === 'A')
    if (link >= 0) this.#closeTo(link)
    for (const start of this.#anchors.splice(0)) this.#lines.piece(`${start}</A>`)
  }

  #closeTo (length: number): void {
    while (this.#open.length > length) this.#lines.piece(`</${this.#open.pop()!.name}>`)
  }

  #closeInlines (): void {
    this.#closeTo(0)
  }

  /** Text of PRE: white space as it is, tabs to the next eighth column, lines wrapped between words. */
  #preformatted (value: string): void {
    const lines = value.replace(/\r\n?/g, '\n').split('\n')
    lines.forEach((line, at) => {
      if (at > 0) this.#breaks++
      if (line === '') return
      const breaks = this.#top.hasText ? this.#breaks : 0
      this.#breaks = 0
      this.#paragraph = false
      this.#space = false
      this.#writeFrames()
      this.#closeTo(this.#common())
      if (breaks > 0) {
        this.#lines.verbatim('\n'.repeat(breaks))
        this.#preColumn = 0
      }
      this.#writeAnchors()
      this.#matchInlines('')
      this.#preformattedLine(line)
      this.#wrote()
    })
  }

  #preColumn = 0

  #preformattedLine (line: string): void {
    if (this.#fresh) this.#preColumn = 0
    for (const part of line.match(/\t|[^\t ]+| +/g) ?? []) {
      if (part === '\t') {
        const blanks = 8 - this.#preColumn % 8
        this.#preColumn += blanks
        this.#lines.verbatim(' '.repeat(blanks))
        continue
      }
      if (this.#preColumn > 0 && this.#preColumn + part.length > this.#profile.preColumns && part[0] !== ' ') {
        this.#lines.verbatim('\n')
        this.#preColumn = 0
      }
      this.#preColumn += part.length
      this.#lines.verbatim(this.#writing.text(part))
    }
  }

  /** The whole document, with what comes before and within BODY's tags. */
  document (title: string, bodyStart: string, writeBody: () => void): string {
    if (this.#profile.doctype !== '') this.#lines.piece(`<!DOCTYPE HTML PUBLIC "${this.#profile.doctype}">\n`)
    this.#lines.piece(`<HTML><HEAD><TITLE>${title}</TITLE></HEAD>\n${bodyStart}`)
    this.#stack.push({ name: 'BODY', start: '', implied: false, written: true, suspended: false, waitsFor: 0, hasText: false, endsParagraph: false })
    writeBody()
    this.#closeInlines()
    while (this.#stack.length > 1) this.#pop()
    this.#writeAnchors()
    this.#lines.line()
    this.#lines.piece('</BODY></HTML>\n')
    return this.#lines.toString()
  }
}

const CONTROLS = new Set(['INPUT', 'SELECT', 'TEXTAREA'])

/** Blocks that keep their shape even where they may not stand; others become lines of the block around them. */
function isHeavy (name: string, container: string): boolean {
  if (container === 'P') return true
  return ['TABLE', 'FORM', 'UL', 'OL', 'DL', 'HR'].includes(name) || (container === 'DT' && name === 'PRE')
}

