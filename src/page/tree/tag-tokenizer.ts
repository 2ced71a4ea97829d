import { html as standard, Token, Tokenizer, TokenizerMode } from 'parse5'

const { START_TAG, END_TAG } = Token.TokenType

/** Codes of the characters that end names and values. */
const [TAB, LINE_FEED, FORM_FEED, SPACE] = [9, 10, 12, 32]
const [QUOTE, APOSTROPHE, DASH, SLASH, LESS, EQUALS, GREATER] = [34, 39, 45, 47, 60, 61, 62]

/** An element with more has them compared by parse5, which then makes a set of their names. */
const MOST_ATTRIBUTES = 32

/** A character reference, and what the tokenizer replaces: parse5 reads a value that has one. */
const SPECIAL = /[&\0\r]/
/** A value without quotes that has none of what parse5 must see. */
const UNQUOTED = /[^\s&"'<=>`\0]+(?=[ \t\n\f>])/y

/**
 * The names of elements, each as the one text that V8 has of it: two that are one in memory are known to be the same
 * without a look at their letters, and all steps ask for names. To do so for attributes takes as long as it saves
 * (measured).
 */
const NAMES: ReadonlyMap<string, string> = new Map(Object.values(standard.TAG_NAMES).map(name => [name, name]))

const isSmall = (code: number): boolean => code > 96 && code < 123
const isDigit = (code: number): boolean => code > 47 && code < 58
const isSpace = (code: number): boolean => code === SPACE || code === LINE_FEED || code === TAB || code === FORM_FEED

/** Whether a character goes on with the name of an element that is not to be changed. */
const isOfTagName = (code: number): boolean => isSmall(code) || isDigit(code) || code === DASH

/** The same for an attribute: what is no capital, ends no name, and is ASCII. */
function isOfName(code: number): boolean {
  if (isSmall(code) || code === DASH) return true
  // Behind the end there is no number.
  if (!(code > SPACE && code < 128) || (code > 64 && code < 91)) return false
  return code !== EQUALS && code !== GREATER && code !== SLASH && code !== QUOTE && code !== APOSTROPHE && code !== LESS
}

function skipSpaces(html: string, from: number): number {
  let at = from
  while (isSpace(html.charCodeAt(at))) at++
  return at
}

type Attributes = Token.TagToken['attrs']

/** The attributes of the tag that is being read, which stand in front of those of tags before it. */
interface Found {
  readonly attrs: Attributes
  count: number
}

function isNew({ attrs, count }: Found, name: string): boolean {
  if (count >= MOST_ATTRIBUTES) return false
  for (let at = 0; at < count; at++) if (attrs[at]!.name === name) return false
  return true
}

/** What is read of an attribute: its value, and where what follows it begins. */
interface Read {
  readonly value: string
  readonly end: number
}

/** Reads what stands behind the name of an attribute; undefined if parse5 must. */
function readValue(html: string, from: number): Read | undefined {
  const sign = html.charCodeAt(from)
  if (sign !== EQUALS) {
    const next = html.charCodeAt(skipSpaces(html, from))
    const isEnd = isSpace(sign) ? next !== EQUALS && next > SPACE : sign === GREATER || sign === SLASH
    return isEnd ? { value: '', end: from } : undefined
  }
  const quote = html.charCodeAt(from + 1)
  if (quote === QUOTE || quote === APOSTROPHE) {
    const end = html.indexOf(quote === QUOTE ? '"' : "'", from + 2)
    const value = html.slice(from + 2, end)
    return end < 0 || SPECIAL.test(value) ? undefined : { value, end: end + 1 }
  }
  UNQUOTED.lastIndex = from + 1
  const value = UNQUOTED.exec(html)?.[0]
  return value === undefined ? undefined : { value, end: from + 1 + value.length }
}

/** Adds the attribute that begins at a place; returns where what follows it begins, or -1 if parse5 must read it. */
function takeAttribute(html: string, from: number, found: Found): number {
  let end = from
  while (isOfName(html.charCodeAt(end))) end++
  if (end === from) return -1
  const name = html.slice(from, end)
  const read = isNew(found, name) ? readValue(html, end) : undefined
  if (read === undefined) return -1
  found.attrs[found.count++] = { name, value: read.value }
  return read.end
}

const isTag = (token: Token.Token | null): token is Token.TagToken =>
  token !== null && (token.type === START_TAG || token.type === END_TAG)

/**
 * parse5's tokenizer, which here reads names of elements and plain attributes in one piece instead of character by
 * character. It reads what is unusual itself: capitals, references, repeated names, what breaks off.
 */
export class TagTokenizer extends Tokenizer {
  /** An element gets a list of its attributes as long as they are: one that grows keeps room for sixteen more. */
  readonly #found: Found = { attrs: [], count: 0 }

  protected override _stateTagName(codePoint: number): void {
    const { currentToken: token, preprocessor } = this
    if (!isTag(token) || token.tagName !== '' || !isSmall(codePoint)) return super._stateTagName(codePoint)
    const { html, pos } = preprocessor
    let end = pos + 1
    while (isOfTagName(html.charCodeAt(end))) end++
    const name = html.slice(pos, end)
    token.tagName = NAMES.get(name) ?? name
    preprocessor.pos = end - 1
    if (html.charCodeAt(end) === GREATER) this.#end(end)
  }

  protected override _stateBeforeAttributeName(codePoint: number): void {
    const { currentToken: token, preprocessor } = this
    if (!isTag(token) || !isOfName(codePoint)) return super._stateBeforeAttributeName(codePoint)
    // Those that are there are copied for each that is read alone: there must not be many.
    if (token.attrs.length >= MOST_ATTRIBUTES) return super._stateBeforeAttributeName(codePoint)
    // The value of an attribute before it may be unfinished.
    this._flushRun('')
    const { html, pos } = preprocessor
    let at = pos
    this.#found.count = 0
    for (const attr of token.attrs) this.#found.attrs[this.#found.count++] = attr
    while (isOfName(html.charCodeAt(at))) {
      const end = takeAttribute(html, at, this.#found)
      if (end === -1) break
      at = skipSpaces(html, end)
    }
    token.attrs = this.#found.attrs.slice(0, this.#found.count)
    if (at === pos) return super._stateBeforeAttributeName(codePoint)
    const code = html.charCodeAt(at)
    if (code === GREATER) return this.#end(at)
    if (code === SLASH && html.charCodeAt(at + 1) === GREATER) {
      token.selfClosing = true
      return this.#end(at + 1)
    }
    // The next character is looked at again, in the same state.
    preprocessor.pos = at - 1
  }

  /** Ends a tag at its last character. */
  #end(at: number): void {
    this.preprocessor.pos = at
    this.state = TokenizerMode.DATA
    this.emitCurrentTagToken()
  }
}
