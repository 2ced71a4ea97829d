import type { Lines } from './lines.js'
import { allowedInPre } from './model.js'

/** Deeper inline elements are not written, except for links. Elements. */
const MOST_DEPTH = 50

interface Inline {
  readonly name: string
  readonly start: string
}

const isLink = (inline: Inline): boolean => inline.name === 'A'

/**
 * The inline elements around the text: those that are open in the tree, and those that are open in the output. They are
 * opened before text and closed before a block, so that none is ever empty and none contains a block.
 */
export class Inlines {
  readonly #lines: Lines
  readonly #wanted: Inline[] = []
  readonly #open: Inline[] = []
  readonly #anchors: string[] = []

  constructor(lines: Lines) {
    this.#lines = lines
  }

  begin(name: string, start: string): void {
    this.#wanted.push({ name, start })
  }

  end(): void {
    this.#wanted.pop()
  }

  /** Adds a place that links lead to, which is written with the next text. */
  anchor(start: string): void {
    this.#anchors.push(start)
  }

  /** The elements that should be open: no A within A (the inner one wins), and none that is invalid in PRE. */
  #desired(insidePre: boolean): Inline[] {
    const lastLink = this.#wanted.findLastIndex(isLink)
    return this.#wanted.filter(
      (inline, at) => (isLink(inline) ? at === lastLink : at < MOST_DEPTH) && (!insidePre || allowedInPre(inline.name))
    )
  }

  /**
   * The number of open elements that stay open. They are compared by their start tags: two links in a row to one
   * address become one.
   */
  #common(desired: readonly Inline[]): number {
    let same = 0
    while (same < this.#open.length && this.#open[same]?.start === desired[same]?.start) same++
    return same
  }

  #closeTo(length: number): void {
    while (this.#open.length > length) this.#lines.piece(`</${this.#open.pop()?.name ?? ''}>`)
  }

  closeAll(): void {
    this.#closeTo(0)
  }

  /** Closes the elements that end before what comes next, a line break for example. */
  closeEnded(insidePre: boolean): void {
    this.#closeTo(this.#common(this.#desired(insidePre)))
  }

  /**
   * Opens and closes elements so that they are those of the next text, and writes the space before it in the right
   * place.
   */
  match(insidePre: boolean): void {
    if (this.#wanted.length === 0 && this.#open.length === 0) return this.#lines.dueSpace()
    const desired = this.#desired(insidePre)
    const same = this.#common(desired)
    // Style sheets keep the links of a menu apart; here a space must.
    if (this.#open.slice(same).some(isLink) && desired.slice(same).some(isLink)) this.#lines.spaceDue = true
    this.#closeTo(same)
    this.#lines.dueSpace()
    for (const inline of desired.slice(same)) {
      this.#lines.piece(inline.start)
      this.#open.push(inline)
    }
  }

  /** Writes places before links and never in them: A does not nest. */
  writeAnchors(): void {
    if (this.#anchors.length === 0) return
    const link = this.#open.findIndex(isLink)
    if (link >= 0) this.#closeTo(link)
    for (const start of this.#anchors.splice(0)) this.#lines.piece(`${start}</A>`)
  }
}
