import type { Profile } from '../../clients/profile.js'
import type { Inlines } from './inlines.js'
import type { Lines } from './lines.js'
import { accepts, impliedChild, kindOf, needsEndTag } from './model.js'

/** A block on the stack. It is written when something is written into it, so that none is ever empty. */
export interface Frame {
  readonly name: string
  readonly start: string
  /** Not an element of the tree, but one that the document type needs here */
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

const newFrame = (name: string, start: string, implied: boolean): Frame => ({
  name,
  start,
  implied,
  written: false,
  suspended: false,
  waitsFor: 0,
  hasText: false,
  endsParagraph: false
})

/** Stand only in their parents: nothing is implied around them. */
const PARTS = new Set(['TR', 'TD', 'TH', 'CAPTION', 'LI', 'DT', 'DD'])

/** Deeper blocks are only lines: nobody sees them, and each part of a long page must open them all again. Blocks. */
const MOST_DEPTH = 50

/** Blocks that keep their shape even where they may not stand; others become lines of the block around them. */
const HEAVY = new Set(['TABLE', 'FORM', 'UL', 'OL', 'DL', 'HR'])

/** Contiki does not see where they end: text that follows needs a P. */
const LEAVES_NO_LINE = new Set(['P', 'UL', 'OL', 'FORM'])

const isHeavy = (name: string, container: string): boolean =>
  container === 'P' || HEAVY.has(name) || (container === 'DT' && name === 'PRE')

/** The open blocks: which may stand in which, which are implied, which wait for another to end. */
export class Blocks {
  readonly #profile: Profile
  readonly #lines: Lines
  readonly #inlines: Inlines
  readonly #body: Frame = { ...newFrame('BODY', '', false), written: true }
  readonly #stack: Frame[] = [this.#body]

  constructor(profile: Profile, lines: Lines, inlines: Inlines) {
    this.#profile = profile
    this.#lines = lines
    this.#inlines = inlines
  }

  /** The innermost block that takes what comes. */
  get top(): Frame {
    for (let at = this.#stack.length - 1; at > 0; at--) {
      const frame = this.#stack[at]
      if (frame?.suspended === false) return frame
    }
    return this.#body
  }

  /** Opens a block; returns what close needs, or undefined if it may not stand here. */
  open(name: string, start: string): number | undefined {
    this.#endImplied(name)
    const depth = this.#stack.length
    // Cells and items belong to what is open already; controls need their form.
    if (depth >= MOST_DEPTH && !PARTS.has(name) && name !== 'FORM') return undefined
    if (!this.#makeRoom(name, depth)) return undefined
    this.#inlines.closeAll()
    this.#stack.push(newFrame(name, start, false))
    return depth
  }

  /** Closes the block that was opened at this depth and all within it; those that waited for it go on. */
  close(depth: number): void {
    this.#inlines.closeAll()
    while (this.#stack.length > depth) this.pop()
    for (const frame of this.#stack.toReversed()) {
      if (!frame.suspended || frame.waitsFor !== depth) return
      frame.suspended = false
    }
  }

  /** Ends the innermost block. */
  pop(): void {
    const frame = this.#stack.pop()
    if (frame?.written !== true) return
    if (needsEndTag(frame.name, this.#profile.endParagraphs)) this.#lines.piece(`</${frame.name}>`)
    const below = this.#stack.at(-1)
    if (below !== undefined) {
      below.hasText = false
      below.endsParagraph = LEAVES_NO_LINE.has(frame.name) && !this.#profile.endParagraphs
    }
    this.#lines.fresh = true
  }

  /** Takes away a block that was opened but is written by somebody else. */
  forget(): void {
    this.#stack.pop()
  }

  /** Ends implied paragraphs and items that the coming block, or the next item, does not belong to. */
  #endImplied(name: string): void {
    for (let top = this.#stack.at(-1); top?.implied === true; top = this.#stack.at(-1)) {
      const below = this.#stack.at(-2) ?? this.#body
      const ends =
        top.name === 'P' || (kindOf(below.name) === 'structure' && accepts(this.#profile.html, below.name, name))
      if (!ends) return
      this.#inlines.closeAll()
      this.pop()
    }
  }

  /** Makes the top a container that takes the block: implies items, suspends what takes only text. */
  #makeRoom(name: string, depth: number): boolean {
    if (name === 'FORM' && this.#stack.some(frame => frame.name === 'FORM')) return false
    const waiting: Frame[] = []
    const { length } = this.#stack
    for (;;) {
      const { top } = this
      if (accepts(this.#profile.html, top.name, name)) return true
      const kind = kindOf(top.name)
      if (kind === 'structure' && !PARTS.has(name)) {
        this.imply(impliedChild(top.name))
      } else if (kind === 'text' && top.name !== 'CAPTION' && isHeavy(name, top.name)) {
        this.suspend(top, depth)
        waiting.push(top)
      } else {
        while (this.#stack.length > length) this.pop()
        for (const frame of waiting) frame.suspended = false
        return false
      }
    }
  }

  /** Ends a block for now: it is opened again when the block at this depth has ended and something comes into it. */
  suspend(frame: Frame, depth: number): void {
    this.#inlines.closeAll()
    if (frame.written && needsEndTag(frame.name, this.#profile.endParagraphs)) this.#lines.piece(`</${frame.name}>`)
    frame.written = false
    frame.suspended = true
    frame.waitsFor = depth
    frame.hasText = false
    this.#lines.fresh = true
  }

  /** Goes on with a block that was suspended, and ends what was implied meanwhile. */
  resume(frame: Frame): void {
    this.#inlines.closeAll()
    while (this.#stack.at(-1) !== frame) this.pop()
    frame.suspended = false
  }

  /** A block that the document type needs here. */
  imply(name: string): void {
    this.#inlines.closeAll()
    this.#stack.push(newFrame(name, `<${name}>`, true))
  }

  /** Text may not stand in lists and tables: it gets an item or a cell. */
  placeForText(): void {
    for (let { top } = this; kindOf(top.name) === 'structure'; top = this.top) this.imply(impliedChild(top.name))
  }

  /** Writes the start tags of all blocks that are open and not written yet. */
  write(): void {
    for (const frame of this.#stack) {
      if (frame.written || frame.suspended) continue
      if (frame.name !== 'TD' && frame.name !== 'TH') this.#lines.line()
      this.#lines.piece(frame.start)
      frame.written = true
      this.#lines.fresh = true
    }
  }

  /** Ends all blocks but the body. */
  closeAll(): void {
    this.#inlines.closeAll()
    while (this.#stack.length > 1) this.pop()
  }
}
