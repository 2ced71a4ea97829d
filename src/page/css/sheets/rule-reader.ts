import { createRequire } from 'node:module'
import type { tokenize as Tokenize, TokenStream as TokensOf, tokenTypes as TokenTypes } from 'css-tree'
import { isMeaningful, type Written } from '../declarations.js'
import { reachOf, type Reach } from '../media.js'

// css-tree's tokens are loaded alone: with its parser a thread takes 17 ms more to begin, and a sheet becomes a tree first
// (measured).
const { TokenStream, tokenize, tokenTypes } = createRequire(import.meta.url)('css-tree/tokenizer') as {
  TokenStream: typeof TokensOf
  tokenize: typeof Tokenize
  tokenTypes: typeof TokenTypes
}
const { AtKeyword, CDC, CDO, Colon, Comment, Delim, Hash, Ident, LeftCurlyBracket, RightCurlyBracket } = tokenTypes
const { Semicolon, WhiteSpace } = tokenTypes

/** Codes of characters. */
const [EXCLAMATION, AMPERSAND, SLASH, SEMICOLON, OPEN] = [33, 38, 47, 59, 123]
/** Signs before the name of a property that hid it from all browsers but one. */
const HACKS = '*$+#&/'

/** At-rules that are nested deeper are skipped. Levels. */
const MOST_DEPTH = 8

/** The rules in these blocks are read as if they stood outside of them. */
const TRANSPARENT = new Set(['supports', 'layer', 'scope', 'starting-style'])

/** What is to be done with a token that begins with a character: go on, stop before it, stop behind it. */
const [ON, BEFORE, BEHIND] = [0, 1, 2]
const untilBlock = (code: number): number => (code === OPEN ? BEFORE : ON)
const untilBlockOrEnd = (code: number): number => (code === OPEN || code === SEMICOLON ? BEFORE : ON)
const untilValueEnds = (code: number): number => (code === EXCLAMATION || code === SEMICOLON ? BEFORE : ON)
const pastEnd = (code: number): number => (code === SEMICOLON ? BEHIND : ON)

const isPrintOnly = ({ screen, print }: Reach): boolean => print && !screen

/** The media that the block of an at-rule applies to; undefined if it applies to none of ours. */
function reachWithin(name: string, prelude: string, reach: Reach): Reach | undefined {
  const lower = name.toLowerCase()
  // A browser of today supports what is asked for. With `not`, a sheet serves browsers of ten years ago.
  if (TRANSPARENT.has(lower)) return lower === 'supports' && /^\s*not\b/i.test(prelude) ? undefined : reach
  if (lower !== 'media') return undefined
  const { screen, print } = reachOf(prelude)
  const both = { screen: screen && reach.screen, print: print && reach.print }
  return both.screen || isPrintOnly(both) ? both : undefined
}

/** Is told of each rule: its selectors as they are written, and those of its declarations that have any effect. */
export type FoundRule = (selectors: string, written: readonly Written[], reach: Reach) => void

/** A place in a sheet: the selectors that declarations here are for, none between rules; its media; at-rules around it. */
interface Place {
  readonly selectors: string | undefined
  readonly reach: Reach
  readonly depth: number
}

/** Reads the rules of a sheet by the tokens and the error handling of CSS Syntax 3. */
class RuleReader {
  readonly #tokens: TokensOf
  readonly #found: FoundRule
  mistakes = 0

  constructor(text: string, found: FoundRule) {
    // A stream that is used again takes what is left of the sheet before for brackets of this one, and may never end.
    this.#tokens = new TokenStream(text, tokenize)
    this.#found = found
  }

  read(reach: Reach): void {
    this.#rules({ selectors: undefined, reach, depth: 0 })
  }

  /** The text from a place up to the next token. */
  #textFrom(start: number): string {
    return this.#tokens.substrToCursor(start)
  }

  /** Passes over what stands before a token that ends it, or before the end of the block. */
  #pass(ends: (code: number) => number): void {
    this.#tokens.skipUntilBalanced(this.#tokens.tokenIndex, ends)
  }

  #passBlock(): void {
    const { tokenIndex, tokenCount } = this.#tokens
    const end = this.#tokens.getBlockTokenPairIndex(tokenIndex)
    this.#tokens.skip((end === -1 ? tokenCount : end + 1) - tokenIndex)
  }

  #isIn(depth: number): boolean {
    const { eof, tokenType } = this.#tokens
    return !eof && (depth === 0 || tokenType !== RightCurlyBracket)
  }

  /** Reads the rules of a sheet, or of a block up to its end. */
  #rules(place: Place): void {
    const tokens = this.#tokens
    while (this.#isIn(place.depth)) {
      const { tokenType } = tokens
      const isMark = place.depth === 0 && (tokenType === CDO || tokenType === CDC)
      if (isMark || tokenType === WhiteSpace || tokenType === Comment) tokens.next()
      else if (tokenType === AtKeyword) this.#atRule(place)
      else this.#rule(place)
    }
  }

  #rule({ reach, depth }: Place): void {
    const tokens = this.#tokens
    const start = tokens.tokenStart
    this.#pass(untilBlock)
    if (tokens.tokenType !== LeftCurlyBracket) return void this.mistakes++
    const selectors = this.#textFrom(start)
    tokens.next()
    this.#declarations({ selectors, reach, depth })
    tokens.next()
  }

  /** Reads declarations up to the end of their block; a media query among them applies to the same selectors. */
  #declarations(place: Place & { readonly selectors: string }): void {
    const tokens = this.#tokens
    const written: Written[] = []
    while (!tokens.eof && tokens.tokenType !== RightCurlyBracket) {
      const { tokenType } = tokens
      if (tokenType === WhiteSpace || tokenType === Comment || tokenType === Semicolon) tokens.next()
      else if (tokenType === AtKeyword) this.#atRule(place)
      else if (tokens.isDelim(AMPERSAND)) this.#passRule()
      else {
        const declaration = this.#declarationOrMistake()
        if (declaration !== undefined && isMeaningful(declaration.property)) written.push(declaration)
      }
    }
    if (written.length > 0) this.#found(place.selectors, written, place.reach)
  }

  #passRule(): void {
    this.#pass(untilBlock)
    if (this.#tokens.tokenType === LeftCurlyBracket) this.#passBlock()
    else this.mistakes++
  }

  #declarationOrMistake(): Written | undefined {
    const { tokenIndex } = this.#tokens
    const declaration = this.#declaration()
    if (declaration !== undefined) return declaration
    this.mistakes++
    this.#tokens.skip(tokenIndex - this.#tokens.tokenIndex)
    this.#pass(pastEnd)
    return undefined
  }

  #declaration(): Written | undefined {
    const tokens = this.#tokens
    const { tokenIndex: first } = tokens
    const property = this.#property()
    if (property === undefined) return undefined
    tokens.skipSC()
    if (tokens.tokenType !== Colon) return undefined
    tokens.next()
    tokens.skipSC()
    const start = tokens.tokenStart
    this.#pass(untilValueEnds)
    const value = this.#textFrom(start)
    const important = tokens.isDelim(EXCLAMATION)
    if (important && !this.#passImportant()) return undefined
    const isEnd = tokens.eof || tokens.tokenType === Semicolon || tokens.isBalanceEdge(first)
    return isEnd ? { property: property.toLowerCase(), value, important } : undefined
  }

  #property(): string | undefined {
    const tokens = this.#tokens
    const start = tokens.tokenStart
    if (tokens.tokenType === Delim && HACKS.includes(tokens.source.charAt(start))) {
      tokens.next()
      if (tokens.isDelim(SLASH)) tokens.next()
    }
    if (tokens.tokenType !== Ident && tokens.tokenType !== Hash) return undefined
    tokens.next()
    return this.#textFrom(start)
  }

  #passImportant(): boolean {
    const tokens = this.#tokens
    tokens.next()
    tokens.skipSC()
    if (tokens.tokenType !== Ident) return false
    tokens.next()
    tokens.skipSC()
    return true
  }

  #atRule({ selectors, reach, depth }: Place): void {
    const tokens = this.#tokens
    const name = tokens.source.slice(tokens.tokenStart + 1, tokens.tokenEnd)
    tokens.next()
    tokens.skipSC()
    const start = tokens.tokenStart
    this.#pass(untilBlockOrEnd)
    const prelude = this.#textFrom(start)
    if (tokens.tokenType === Semicolon) return tokens.next()
    if (tokens.tokenType !== LeftCurlyBracket) return
    const within = depth < MOST_DEPTH ? reachWithin(name, prelude, reach) : undefined
    if (within === undefined) return this.#passBlock()
    tokens.next()
    if (selectors === undefined) this.#rules({ selectors, reach: within, depth: depth + 1 })
    else this.#declarations({ selectors, reach: within, depth: depth + 1 })
    tokens.next()
  }
}

/** Reads the rules of a sheet, without those within rules; returns the number of its syntax errors. */
export function readRules(text: string, reach: Reach, found: FoundRule): number {
  const reader = new RuleReader(text, found)
  reader.read(reach)
  return reader.mistakes
}
