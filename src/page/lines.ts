/** Lines are broken after so many characters where a space stands: Mosaic's and Win16 Netscape's line buffers are small. */
const LINE_CHARACTERS = 200
/** No run without a space is longer: MicroWeb holds 2,559 bytes of a token. Characters. */
const TOKEN_CHARACTERS = 1000

/** Collects what is written and breaks lines at spaces, never within a tag. Knows where white space means something. */
export class Lines {
  #text = ''
  #column = 0
  /** Nothing has been written since a block began or ended: white space means nothing here. */
  fresh = true
  /** White space stood before what comes next. */
  spaceDue = false

  /** A tag or anything else that must stay in one piece. */
  piece (text: string): void {
    this.#text += text
    this.#column += text.length
  }

  /** Begins a new line, unless one has just begun. */
  line (): void {
    if (this.#column > 0) this.verbatim('\n')
  }

  /** One space between words: a line break if the line is long. */
  space (): void {
    if (this.#column > LINE_CHARACTERS) this.verbatim('\n')
    else this.piece(' ')
  }

  /** The space that is due, if one is and if it means anything here. */
  dueSpace (): void {
    if (this.spaceDue && !this.fresh) this.space()
    this.spaceDue = false
  }

  /** Text whose white space is single spaces. */
  words (text: string): void {
    if (this.#column + text.length <= LINE_CHARACTERS) return this.piece(text)
    let start = 0
    for (let space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', space + 1)) {
      if (this.#column + space - start < LINE_CHARACTERS) continue
      this.#lastWords(text.slice(start, space))
      // What is left of a word that was cut may be short.
      if (this.#column < LINE_CHARACTERS) this.piece(' ')
      else this.verbatim('\n')
      start = space + 1
    }
    this.#lastWords(text.slice(start))
  }

  /** Words that end on one line: the last of them alone may be too long. */
  #lastWords (text: string): void {
    if (this.#column + text.length <= TOKEN_CHARACTERS) return this.piece(text)
    const last = text.lastIndexOf(' ') + 1
    if (last > 0) this.piece(text.slice(0, last))
    this.#token(text.slice(last))
  }

  /** A word may go on from text that was written before: with it, it is no longer than a token may be. */
  #token (text: string): void {
    const before = /(?<![^\s>])[^\s>]*$/.exec(this.#text.slice(-Math.min(this.#column, TOKEN_CHARACTERS)))![0].length
    if (before >= TOKEN_CHARACTERS) this.verbatim('\n')
    let room = TOKEN_CHARACTERS - before % TOKEN_CHARACTERS
    // A reference must not be cut: the last & within reach of a cut stays with what follows.
    for (let start = 0; start < text.length; room = TOKEN_CHARACTERS) {
      let end = Math.min(text.length, start + room)
      const reference = text.lastIndexOf('&', end)
      if (end < text.length && reference >= start && end - reference < 8) end = reference
      this.piece(text.slice(start, end))
      if (end < text.length) this.verbatim('\n')
      start = end
    }
  }

  /** Text with its own line breaks. */
  verbatim (text: string): void {
    this.#text += text
    const end = text.lastIndexOf('\n')
    this.#column = end < 0 ? this.#column + text.length : text.length - end - 1
  }

  toString (): string {
    return this.#text
  }
}
