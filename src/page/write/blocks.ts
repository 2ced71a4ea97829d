import type { Profile } from '../../clients/profile.js'
import type { Inlines } from './inlines.js'
import type { Lines } from './lines.js'
import { accepts, impliedChild, kindOf, needsEndTag } from './model.js'

/** A block on the stack. Its start tag is written when something is written into it: none but a cell is ever empty. */
export interface Frame {
  readonly name: string
  /** Its start tag; that of a row goes on with the cells before the first one that has anything */
  start: string
  /** It is not in the tree, but the document type needs it here */
  readonly implied: boolean
  written: boolean
  /** It is closed for now, because a block follows that it may not contain */
  suspended: boolean
  /** The depth of that block */
  waitsFor: number
  /** Text was written into it since its start or since its last block */
  hasText: boolean
  /** A paragraph in it ended without an end tag: text that follows needs a new one */
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

/** These are valid only in their parents: nothing is implied around them. */
const PARTS = new Set(['TR', 'TD', 'TH', 'CAPTION', 'LI', 'DT', 'DD'])

/**
 * Deeper blocks become lines: nobody sees them, and each part of a long page would have to open all of them again.
 * Blocks.
 */
const MOST_DEPTH = 50

/**
 * Blocks that are written even where they are invalid, by closing what is around them; others become lines of the block
 * around them.
 */
const HEAVY = new Set(['TABLE', 'FORM', 'UL', 'OL', 'DL', 'HR'])

/** Contiki does not see the end of these: text that follows needs a P. */
const LEAVES_NO_LINE = new Set(['P', 'UL', 'OL', 'FORM'])

const isHeavy = (name: string, container: string): boolean =>
  container === 'P' || HEAVY.has(name) || (container === 'DT' && name === 'PRE')

/** The stack of open blocks: it knows which may contain which, which are implied, and which wait for another to end. */
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

  /** The innermost block that is not suspended. */
  get top(): Frame {
    for (let at = this.#stack.length - 1; at > 0; at--) {
      const frame = this.#stack[at]
      if (frame?.suspended === false) return frame
    }
    return this.#body
  }

  /** Opens a block; returns its depth for close(), or undefined if it is invalid here. */
  open(name: string, start: string): number | undefined {
    this.#endImplied(name)
    const depth = this.#stack.length
    // Cells and items belong to a block that is open already, and controls need their form.
    if (depth >= MOST_DEPTH && !PARTS.has(name) && name !== 'FORM') return undefined
    if (!this.#makeRoom(name, depth)) return undefined
    this.#inlines.closeAll()
    this.#stack.push(newFrame(name, start, false))
    return depth
  }

  /** Closes the block that was opened at this depth and all within it; blocks that waited for it continue. */
  close(depth: number): void {
    this.#inlines.closeAll()
    while (this.#stack.length > depth) this.pop()
    for (let at = this.#stack.length - 1; at >= 0; at--) {
      const frame = this.#stack[at]!
      if (!frame.suspended || frame.waitsFor !== depth) return
      frame.suspended = false
    }
  }

  /** Ends the innermost block. */
  pop(): void {
    const frame = this.#stack.pop()
    if (frame === undefined) return
    if (!frame.written) return this.#keepPlace(frame)
    if (needsEndTag(frame.name, this.#profile.endTags)) this.#lines.piece(`</${frame.name}>`)
    const below = this.#stack.at(-1)
    if (below !== undefined) {
      below.hasText = false
      below.endsParagraph = this.#leavesNoLine(frame.name)
    }
    this.#lines.fresh = true
  }

  /** Without an empty cell, the others of its row would stand in other columns. A row of such cells alone is none. */
  #keepPlace({ name, start, implied }: Frame): void {
    const row = this.#stack.at(-1)
    if (row?.name !== 'TR' || implied || row.suspended) return
    const cell = needsEndTag(name, this.#profile.endTags) ? `${start}</${name}>` : start
    if (row.written) this.#lines.piece(cell)
    else row.start += cell
  }

  /** Whether text behind a block would go on in its last line. */
  #leavesNoLine(name: string): boolean {
    const { endTags, forms } = this.#profile
    return (LEAVES_NO_LINE.has(name) && !endTags.includes('P')) || (name === 'FORM' && forms.endLines === false)
  }

  /** Removes a block that was opened but is written elsewhere. */
  forget(): void {
    this.#stack.pop()
  }

  /** Ends implied paragraphs and items to which the block, or the next item, does not belong. */
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

  /** Makes the top a container for the block: implies items, and suspends blocks that may contain only text. */
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

  /**
   * Closes a block for now: it is opened again when the block at this depth has ended and something is written into it.
   */
  suspend(frame: Frame, depth: number): void {
    this.#inlines.closeAll()
    if (frame.written && needsEndTag(frame.name, this.#profile.endTags)) this.#lines.piece(`</${frame.name}>`)
    frame.written = false
    frame.suspended = true
    frame.waitsFor = depth
    frame.hasText = false
    this.#lines.fresh = true
  }

  /** Continues a block that was suspended, and ends what was implied since. */
  resume(frame: Frame): void {
    this.#inlines.closeAll()
    while (this.#stack.at(-1) !== frame) this.pop()
    frame.suspended = false
  }

  /** Opens a block that the document type needs here. */
  imply(name: string): void {
    this.#inlines.closeAll()
    this.#stack.push(newFrame(name, `<${name}>`, true))
  }

  /** Prepares for text, which is invalid in lists and tables, by implying an item or a cell. */
  placeForText(): void {
    for (let { top } = this; kindOf(top.name) === 'structure'; top = this.top) this.imply(impliedChild(top.name))
  }

  /** Writes the start tags of all open blocks that have none yet. */
  write(): void {
    for (const frame of this.#stack) {
      if (frame.written || frame.suspended) continue
      if (frame.name !== 'TD' && frame.name !== 'TH') this.#lines.line()
      this.#lines.piece(frame.start)
      frame.written = true
      this.#lines.fresh = true
    }
  }

  /** Closes all blocks except for the body. */
  closeAll(): void {
    this.#inlines.closeAll()
    while (this.#stack.length > 1) this.pop()
  }
}
