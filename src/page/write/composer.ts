import type { Profile } from '../../clients/profile.js'
import type { Writing } from './attributes.js'
import { Blocks } from './blocks.js'
import { DueBreaks } from './due-breaks.js'
import { Inlines } from './inlines.js'
import { Lines } from './lines.js'
import { allowedInPre, kindOf } from './model.js'
import { collapsed, isPlainWords } from './plain-words.js'
import { linePieces, wrappedLine } from './preformatted.js'

const CONTROLS = new Set(['INPUT', 'SELECT', 'TEXTAREA'])

/**
 * Writes valid old HTML, whatever it is given: blocks, inline elements, text and atoms come in the order of the tree,
 * and the composer closes, opens again and implies what the document type wants. An inline element around a block is
 * closed before it and opened again inside it; one that nothing is written into never appears.
 */
export class Composer {
  readonly #profile: Profile
  readonly #writing: Writing
  readonly #lines = new Lines()
  /** The inline elements around what is written: the caller begins and ends them */
  readonly inlines = new Inlines(this.#lines)
  readonly #blocks: Blocks
  readonly #due = new DueBreaks()
  /** Column in a line of PRE */
  #column = 0
  /** Open PRE that the profile does not write */
  #lineBlocks = 0

  constructor(profile: Profile, writing: Writing) {
    this.#profile = profile
    this.#writing = writing
    this.#blocks = new Blocks(profile, this.#lines, this.inlines)
  }

  /** Whether the profile writes elements of this name. */
  knows(name: string): boolean {
    return this.#profile.elements[name] !== undefined
  }

  get #insidePre(): boolean {
    return this.#blocks.top.name === 'PRE'
  }

  #clearPending(): void {
    this.#due.clear()
    this.#lines.spaceDue = false
    this.#lines.fresh = true
  }

  /** Opens a block; returns what closeBlock needs, or undefined if it may not stand here (a boundary stands for it). */
  openBlock(name: string, start: string): number | undefined {
    const depth = this.#blocks.open(name, start)
    if (depth !== undefined) this.#clearPending()
    return depth
  }

  /** Closes the block that openBlock opened at this depth, and all within it. */
  closeBlock(depth: number): void {
    this.#blocks.close(depth)
    this.#clearPending()
  }

  /** What comes next begins on a line of its own, or after an empty line. */
  boundary(paragraph: boolean): void {
    if (!this.#blocks.top.hasText) return
    this.#lines.spaceDue = false
    this.#due.boundary(paragraph)
  }

  /** A BR of the page: counts, up to an empty line. */
  lineBreak(): void {
    if (this.#blocks.top.hasText) this.#due.lineBreak()
    this.#lines.spaceDue = false
  }

  /** Begins PRE for a profile without it: its lines stay lines. Returns what ends it. */
  openLines(): () => void {
    this.boundary(true)
    this.#lineBlocks++
    return () => {
      this.#lineBlocks--
      this.boundary(true)
    }
  }

  /** Text as the page has it; white space is collapsed here, no-break spaces too, or kept in PRE. */
  text(value: string): void {
    if (this.#insidePre) return this.#preformatted(value)
    if (this.#lineBlocks > 0 && value.includes('\n')) {
      return value.split('\n').forEach((line, at) => {
        if (at > 0) this.lineBreak()
        this.text(line)
      })
    }
    if (isPlainWords(value)) return this.#words(value)
    const words = collapsed(value)
    if (words === ' ' || words === '') return this.#blank(value)
    // Spaces of other widths, and what stood around characters that are not written.
    const written = this.#writing.text(words.trim()).replace(/ {2,}/g, ' ')
    if (words.startsWith(' ') || written.startsWith(' ')) this.#lines.spaceDue = true
    const inner = written.trim()
    if (inner !== '') this.#words(inner)
    if (words.endsWith(' ') || written.endsWith(' ')) this.#lines.spaceDue = true
  }

  /** Nothing but white space. In an empty cell a no-break space stays: Netscape draws no border around one without. */
  #blank(value: string): void {
    const { name, hasText } = this.#blocks.top
    if ((name !== 'TD' && name !== 'TH') || hasText || !value.includes('\u00A0'))
      return void (this.#lines.spaceDue ||= value !== '')
    // Without the links and phrases around it, which would show nothing.
    this.#blocks.write()
    this.inlines.writeAnchors()
    this.#lines.piece(this.#writing.filler)
    this.#wrote()
  }

  /** Text as it is written. */
  #words(written: string): void {
    this.#prepare()
    this.#lines.words(written)
    this.#wrote()
  }

  /** Something of one piece within text: an image, a control. */
  atom(name: string, written: string): void {
    const { top } = this.#blocks
    // A label and its field are kept apart by style sheets.
    if (CONTROLS.has(name) && !this.#insidePre) this.#lines.spaceDue = true
    const leavesPre = top.name === 'PRE' && !allowedInPre(name)
    if (leavesPre) this.#blocks.suspend(top, 0)
    this.#prepare()
    this.#lines.piece(written)
    this.#wrote()
    if (!leavesPre) return
    this.#blocks.resume(top)
    this.#clearPending()
  }

  /** A control that shows nothing: it needs an open block, but breaks no line and takes no space. */
  hidden(written: string): void {
    this.#blocks.placeForText()
    this.#blocks.write()
    this.#lines.piece(written)
  }

  /** A line across the page. */
  rule(written: string): void {
    const depth = this.openBlock('HR', '')
    if (depth === undefined) return this.boundary(true)
    this.#blocks.forget()
    this.#blocks.write()
    this.#lines.line()
    this.#lines.piece(written)
    this.#blocks.top.hasText = false
    this.closeBlock(depth)
  }

  #wrote(): void {
    this.#blocks.top.hasText = true
    this.#lines.fresh = false
    this.#lines.spaceDue = false
  }

  #prepare(): void {
    this.#blocks.placeForText()
    this.#separate()
    this.#blocks.write()
    this.inlines.writeAnchors()
    this.inlines.match(this.#insidePre)
  }

  /** Writes the breaks that are due before text. */
  #separate(): void {
    const { top } = this.#blocks
    const due = this.#due.take()
    const { breaks } = due
    const paragraph = due.paragraph || top.endsParagraph || (breaks > 0 && !this.knows('BR'))
    top.endsParagraph = false
    if (breaks === 0 && !paragraph) return
    if (paragraph && (kindOf(top.name) === 'flow' || (top.name === 'P' && top.implied)) && this.knows('P')) {
      this.inlines.closeAll()
      if (top.name === 'P') this.#blocks.pop()
      this.#blocks.imply('P')
      this.#clearPending()
    } else if (this.knows('BR')) {
      this.inlines.closeEnded(this.#insidePre)
      this.#lines.piece('<BR>'.repeat(Math.max(breaks, 1)))
      this.#lines.line()
      this.#lines.spaceDue = false
      this.#lines.fresh = true
    } else this.#lines.spaceDue = true
  }

  /** Text of PRE, line by line where need be; line breaks are written when something follows them. */
  #preformatted(value: string): void {
    const {
      preColumns,
      text: { escapes }
    } = this.#profile
    const folded = this.#writing.fold(value.replace(/\r\n?/g, '\n'))
    for (const { breaks, text, fits } of linePieces(folded, preColumns, escapes)) {
      this.#due.add(breaks)
      if (text !== '') this.#preformattedLines(text, fits)
    }
  }

  /** A line, or several that need no wrapping. */
  #preformattedLines(text: string, fits: boolean): void {
    const due = this.#due.take()
    const breaks = this.#blocks.top.hasText ? due.breaks : 0
    this.#lines.spaceDue = false
    this.#blocks.write()
    this.inlines.closeEnded(true)
    if (breaks > 0) this.#lines.verbatim('\n'.repeat(breaks))
    if (breaks > 0 || this.#lines.fresh) this.#column = 0
    this.inlines.writeAnchors()
    this.inlines.match(true)
    const { text: write } = this.#writing
    const lines = fits
      ? { text: write(text), column: 0 }
      : wrappedLine(text, this.#column, this.#profile.preColumns, write)
    this.#lines.verbatim(lines.text)
    this.#column = lines.column
    this.#wrote()
  }

  /** What stands between BODY's tags. */
  body(before: string, writeBody: () => void): string {
    // The first line is that of the start tag of BODY.
    this.#lines.piece(before)
    writeBody()
    this.#blocks.closeAll()
    this.inlines.writeAnchors()
    this.#lines.line()
    return this.#lines.toString().slice(before.length)
  }
}
