/** The distance to the last text that is due before the next one: it is written only when there is a next one. */
export class DueBreaks {
  #breaks = 0
  #paragraph = false

  clear(): void {
    this.#breaks = 0
    this.#paragraph = false
  }

  /** The next text begins on a line of its own, or after the distance of a paragraph. */
  boundary(paragraph: boolean): void {
    if (paragraph) this.#paragraph = true
    else this.#breaks = Math.max(this.#breaks, 1)
  }

  /** A BR of the page counts, up to an empty line. */
  lineBreak(): void {
    this.#breaks = Math.min(this.#breaks + 1, 2)
  }

  /** Line breaks of PRE all count. */
  add(breaks: number): void {
    this.#breaks += breaks
  }

  /** What is due now; nothing is afterwards. */
  take(): { readonly breaks: number; readonly paragraph: boolean } {
    const due = { breaks: this.#breaks, paragraph: this.#paragraph }
    this.clear()
    return due
  }
}
