import type { Profile } from '../../clients/profile.js'
import type { Writing } from './attributes.js'
import { Blocks } from './blocks.js'
import { DueBreaks } from './due-breaks.js'
import { Inlines } from './inlines.js'
import { Lines } from './lines.js'
import { allowedInPre, kindOf } from './model.js'
import { collapsed, isPlainWords, withoutEnds } from './plain-words.js'
import { linePieces, wrappedLine } from './preformatted.js'

const CONTROLS = new Set(['INPUT', 'SELECT', 'TEXTAREA'])

/**
 * Writes valid old HTML, whatever it is given. Blocks, inline elements, text and atoms come in the order of the tree;
 * the composer closes, reopens and implies elements as the document type demands. An inline element around a block is
 * closed before it and reopened in it; an element without content is never written.
 */
export class Composer {
  readonly #profile: Profile
  readonly #writing: Writing
  /** What was written so far */
  readonly lines: Lines
  /** The inline elements around the text: the caller begins and ends them */
  readonly inlines: Inlines
  readonly #blocks: Blocks
  readonly #due = new DueBreaks()
  /** The column in the line of PRE */
  #column = 0
  /** The number of open PRE in a profile without PRE */
  #lineBlocks = 0

  constructor(profile: Profile, writing: Writing) {
    this.#profile = profile
    this.#writing = writing
    this.lines = new Lines(profile.breaksBehindTags)
    this.inlines = new Inlines(this.lines)
    this.#blocks = new Blocks(profile, this.lines, this.inlines)
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
    this.lines.spaceDue = false
    this.lines.fresh = true
  }

  /**
   * Opens a block; returns its depth for closeBlock(), or undefined if it is invalid here: then the caller sets a
   * boundary.
   */
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

  /** The next text begins on a line of its own, or after the distance of a paragraph. */
  boundary(paragraph: boolean): void {
    if (!this.#blocks.top.hasText) return
    this.lines.spaceDue = false
    this.#due.boundary(paragraph)
  }

  /** A BR of the page. */
  lineBreak(): void {
    if (this.#blocks.top.hasText) this.#due.lineBreak()
    this.lines.spaceDue = false
  }

  /** Begins PRE in a profile without it: its lines become lines of text. Returns a function that ends it. */
  openLines(): () => void {
    this.boundary(true)
    this.#lineBlocks++
    return () => {
      this.#lineBlocks--
      this.boundary(true)
    }
  }

  /** Writes text of the page. White space is collapsed here, no-break spaces too, or kept in PRE. */
  text(value: string): void {
    if (this.#insidePre) return this.#preformatted(value)
    if (this.#lineBlocks > 0 && value.includes('\n')) {
      return value.split('\n').forEach((line, at) => {
        if (at > 0) this.lineBreak()
        this.text(line)
      })
    }
    const plain = withoutEnds(value)
    if (isPlainWords(plain)) return this.#words(plain, plain[0] !== value[0], plain.at(-1) !== value.at(-1))
    const words = collapsed(value)
    if (words === ' ' || words === '') return this.#blank(value)
    // Folding leaves spaces: those of other widths, and those around characters that are dropped.
    const written = this.#writing.text(words.trim()).replace(/ {2,}/g, ' ')
    const [before, behind] = [/^\s/.test(words) || written.startsWith(' '), /\s$/.test(words) || written.endsWith(' ')]
    this.#words(written.trim(), before, behind)
  }

  /** Writes words that are escaped and collapsed, and spaces around them. */
  #words(words: string, before: boolean, behind: boolean): void {
    if (before) this.lines.spaceDue = true
    if (words !== '') {
      this.#prepare()
      this.lines.words(words)
      this.#wrote()
    }
    if (behind) this.lines.spaceDue = true
  }

  /** Text of white space alone. In an empty cell a no-break space stays: Netscape draws no border without one. */
  #blank(value: string): void {
    const { name, hasText } = this.#blocks.top
    if ((name !== 'TD' && name !== 'TH') || hasText || !value.includes('\u00A0'))
      return void (this.lines.spaceDue ||= value !== '')
    // The links and phrases around it are left out, which would show nothing.
    this.#blocks.write()
    this.inlines.writeAnchors()
    this.lines.piece(this.#writing.filler)
    this.#wrote()
  }

  /** Writes an image or a control within text, or a BR that ends its line wherever it stands: pictures do so at the sides. */
  atom(name: string, written: string): void {
    const { top } = this.#blocks
    // Style sheets keep a label and its field apart; here a space does.
    if (CONTROLS.has(name) && !this.#insidePre) this.lines.spaceDue = true
    const leavesPre = top.name === 'PRE' && !allowedInPre(name)
    if (leavesPre) this.#blocks.suspend(top, 0)
    this.#prepare()
    this.lines.piece(written)
    this.#wrote()
    if (name === 'BR') top.hasText = false
    if (!leavesPre) return
    this.#blocks.resume(top)
    this.#clearPending()
  }

  /** Writes a hidden control, which needs an open block but no line and no space. */
  hidden(written: string): void {
    this.#blocks.placeForText()
    this.#blocks.write()
    this.lines.piece(written)
  }

  /** Writes a line across the page, or the field of ISINDEX, which stands alone as well. */
  rule(written: string): void {
    const depth = this.openBlock('HR', '')
    if (depth === undefined) return this.boundary(true)
    this.#blocks.forget()
    this.#blocks.write()
    this.lines.line()
    this.lines.piece(written)
    this.#blocks.top.hasText = false
    this.closeBlock(depth)
  }

  #wrote(): void {
    this.#blocks.top.hasText = true
    this.lines.fresh = false
    this.lines.spaceDue = false
  }

  #prepare(): void {
    this.#blocks.placeForText()
    this.#separate()
    this.#blocks.write()
    this.inlines.writeAnchors()
    this.inlines.match(this.#insidePre)
  }

  /** Writes the line breaks that are due before text. */
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
      this.lines.piece('<BR>'.repeat(Math.max(breaks, 1)))
      this.lines.line()
      this.lines.spaceDue = false
      this.lines.fresh = true
    } else this.lines.spaceDue = true
  }

  /** Writes text of PRE, line by line where necessary; line breaks are written when something follows them. */
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

  /** Writes a line, or several that need no wrapping. */
  #preformattedLines(text: string, fits: boolean): void {
    const due = this.#due.take()
    const breaks = this.#blocks.top.hasText ? due.breaks : 0
    this.lines.spaceDue = false
    this.#blocks.write()
    this.inlines.closeEnded(true)
    if (breaks > 0) this.lines.verbatim('\n'.repeat(breaks))
    if (breaks > 0 || this.lines.fresh) this.#column = 0
    this.inlines.writeAnchors()
    this.inlines.match(true)
    const { text: write } = this.#writing
    const lines = fits
      ? { text: write(text), column: 0 }
      : wrappedLine(text, this.#column, this.#profile.preColumns, write)
    this.lines.verbatim(lines.text)
    this.#column = lines.column
    this.#wrote()
  }

  /** The content of BODY. */
  body(before: string, writeBody: () => void): string {
    // The first line begins with the start tag of BODY.
    this.lines.piece(before)
    writeBody()
    this.#blocks.closeAll()
    this.inlines.writeAnchors()
    this.lines.line()
    return this.lines.toString().slice(before.length)
  }
}
