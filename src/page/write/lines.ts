/**
 * A longer line is broken at a space: the line buffers of Mosaic and of Netscape for Windows 3.1 are small. Characters.
 */
const LINE_CHARACTERS = 200
/** The longest run without a space: MicroWeb's buffer holds 2,559 bytes of a token. Characters. */
const TOKEN_CHARACTERS = 1000

/** The characters before the last one of the longest reference, which may not be cut. */
const REFERENCE_CHARACTERS = 7

/** Whether a character is white space or ends a tag. */
const endsRun = (code: number): boolean =>
  code === 62 || code === 32 || (code >= 9 && code <= 13) || (code >= 0xa0 && /\s/.test(String.fromCharCode(code)))

/** Collects the output and breaks its lines at spaces, never within a tag. It knows where white space has a meaning. */
export class Lines {
  #text = ''
  #column = 0
  /** Characters since the last white space or end of a tag; searching for these would copy the whole output */
  #run = 0
  /** Nothing was written since a block began or ended: white space has no meaning here. */
  fresh = true
  /** White space is due before what comes next. */
  spaceDue = false
  readonly #breaksBehindTags: boolean
  /** A tag was the last thing that was written */
  #behindTag = false

  constructor(breaksBehindTags = true) {
    this.#breaksBehindTags = breaksBehindTags
  }

  /** Writes a tag or anything else that must not be broken. */
  piece(text: string): void {
    this.#append(text)
    this.#column += text.length
  }

  #append(text: string): void {
    this.#text += text
    this.#behindTag = text.endsWith('>')
    let at = text.length
    while (at > 0 && !endsRun(text.charCodeAt(at - 1))) at--
    this.#run = at === 0 ? this.#run + text.length : text.length - at
  }

  /** Begins a new line, unless one has just begun. */
  line(): void {
    if (this.#column > 0) this.verbatim('\n')
  }

  /** Writes a space between words, or a line break if the line is long. */
  space(): void {
    if (this.#column > LINE_CHARACTERS && (this.#breaksBehindTags || !this.#behindTag)) this.verbatim('\n')
    else this.piece(' ')
  }

  /** Writes the space that is due, if there is one and it has a meaning here. */
  dueSpace(): void {
    if (this.spaceDue && !this.fresh) this.space()
    this.spaceDue = false
  }

  /** Writes text whose white space is single spaces. */
  words(text: string): void {
    if (this.#column + text.length <= LINE_CHARACTERS) return this.piece(text)
    let start = 0
    for (let space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', space + 1)) {
      if (this.#column + space - start < LINE_CHARACTERS) continue
      this.#lastWords(text.slice(start, space))
      // The rest of a word that was cut may be short.
      if (this.#column < LINE_CHARACTERS) this.piece(' ')
      else this.verbatim('\n')
      start = space + 1
    }
    this.#lastWords(text.slice(start))
  }

  /** Writes words that end on one line: only the last of them may be too long. */
  #lastWords(text: string): void {
    if (this.#column + text.length <= TOKEN_CHARACTERS) return this.piece(text)
    const last = text.lastIndexOf(' ') + 1
    if (last > 0) this.piece(text.slice(0, last))
    this.#token(text.slice(last))
  }

  /** Writes a word, which may continue one that was written before: both together are no longer than a token may be. */
  #token(text: string): void {
    const before = Math.min(this.#run, this.#column, TOKEN_CHARACTERS)
    if (before >= TOKEN_CHARACTERS) this.verbatim('\n')
    let room = TOKEN_CHARACTERS - (before % TOKEN_CHARACTERS)
    // A reference must not be cut: an & just before the cut moves behind it.
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

  /** Writes text with its own line breaks. */
  verbatim(text: string): void {
    this.#append(text)
    const end = text.lastIndexOf('\n')
    this.#column = end < 0 ? this.#column + text.length : text.length - end - 1
  }

  /** Characters */
  get length(): number {
    return this.#text.length
  }

  toString(): string {
    return this.#text
  }
}
