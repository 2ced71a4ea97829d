/**
 * Lines are broken after so many characters where a space stands: Mosaic's and Win16 Netscape's line buffers are small.
 */
const LINE_CHARACTERS = 200
/** No run without a space is longer: MicroWeb holds 2,559 bytes of a token. Characters. */
const TOKEN_CHARACTERS = 1000

/** A reference that may not be cut has no more before its last. Characters. */
const REFERENCE_CHARACTERS = 7

/** White space, and the end of a tag. */
const endsRun = (code: number): boolean =>
  code === 62 || code === 32 || (code >= 9 && code <= 13) || (code >= 0xa0 && /\s/.test(String.fromCharCode(code)))

/** Collects what is written and breaks lines at spaces, never within a tag. Knows where white space means something. */
export class Lines {
  #text = ''
  #column = 0
  /** Characters since the last white space or end of a tag: looking back for them would copy all that is written */
  #run = 0
  /** Nothing has been written since a block began or ended: white space means nothing here. */
  fresh = true
  /** White space stood before what comes next. */
  spaceDue = false

  /** A tag or anything else that must stay in one piece. */
  piece(text: string): void {
    this.#append(text)
    this.#column += text.length
  }

  #append(text: string): void {
    this.#text += text
    let at = text.length
    while (at > 0 && !endsRun(text.charCodeAt(at - 1))) at--
    this.#run = at === 0 ? this.#run + text.length : text.length - at
  }

  /** Begins a new line, unless one has just begun. */
  line(): void {
    if (this.#column > 0) this.verbatim('\n')
  }

  /** One space between words: a line break if the line is long. */
  space(): void {
    if (this.#column > LINE_CHARACTERS) this.verbatim('\n')
    else this.piece(' ')
  }

  /** The space that is due, if one is and if it means anything here. */
  dueSpace(): void {
    if (this.spaceDue && !this.fresh) this.space()
    this.spaceDue = false
  }

  /** Text whose white space is single spaces. */
  words(text: string): void {
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
  #lastWords(text: string): void {
    if (this.#column + text.length <= TOKEN_CHARACTERS) return this.piece(text)
    const last = text.lastIndexOf(' ') + 1
    if (last > 0) this.piece(text.slice(0, last))
    this.#token(text.slice(last))
  }

  /** A word may go on from text that was written before: with it, it is no longer than a token may be. */
  #token(text: string): void {
    const before = Math.min(this.#run, this.#column, TOKEN_CHARACTERS)
    if (before >= TOKEN_CHARACTERS) this.verbatim('\n')
    let room = TOKEN_CHARACTERS - (before % TOKEN_CHARACTERS)
    // A reference must not be cut: the last & within reach of a cut stays with what follows.
    for (let start = 0; start < text.length; room = TOKEN_CHARACTERS) {
      let end = Math.min(text.length, start + room)
      const reach = Math.max(start, end - REFERENCE_CHARACTERS)
      const reference = text.slice(reach, end + 1).lastIndexOf('&')
      if (end < text.length && reference >= 0) end = reach + reference
      this.piece(text.slice(start, end))
      if (end < text.length) this.verbatim('\n')
      start = end
    }
  }

  /** Text with its own line breaks. */
  verbatim(text: string): void {
    this.#append(text)
    const end = text.lastIndexOf('\n')
    this.#column = end < 0 ? this.#column + text.length : text.length - end - 1
  }

  toString(): string {
    return this.#text
  }
}
