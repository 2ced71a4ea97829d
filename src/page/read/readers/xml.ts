import { afterProlog } from '../../../bytes/after-prolog.js'
import type { Source } from '../source.js'
import { readFeed } from './feed.js'
import { linked, preformatted } from './markup.js'
import { readPlainText } from './plain-text.js'
import { readWml } from './wml/wml.js'

/** Deeper elements are not indented further. Levels. */
const MOST_DEPTH = 20
/** A document that grows beyond this is shown unchanged. Characters. */
const MOST_CHARACTERS = 8 * 1024 * 1024
/** The first element is looked for up to here: editors write long comments before it. Characters. */
const PROLOG = 8192

/** What says that a text is a page of HTML, which may have anything in it. */
const PAGE = /<(?:!doctype\s+html|html|head|body|script|pre|textarea)\b/i

/** XML from its declaration on: scripts of a site (PHP) say what goes wrong in them before it. */
export function fromDeclaration(text: string): string {
  const at = text.slice(0, PROLOG).indexOf('<?xml')
  return at <= 0 || PAGE.test(text.slice(0, at)) ? text : text.slice(at)
}

/** The name of the first element, or empty. */
export function rootName(text: string): string {
  return /^<([\w.:-]+)/.exec(afterProlog(fromDeclaration(text.slice(0, PROLOG)), () => true))?.[1] ?? ''
}

/** Whether the first element is that of a feed; RSS 0.9 and 1.0 are RDF. */
export const isFeedRoot = (root: string): boolean => /^(rss|(\w+:)?RDF|(\w+:)?feed)$/i.test(root)

const newLine = (depth: number): string => `\n${'  '.repeat(Math.max(0, Math.min(depth, MOST_DEPTH)))}`

/** The token before an end tag, text or start tag decides whether a new line begins. */
type Before = 'start' | 'text' | 'other'

/** The tags, texts, comments and CDATA sections of XML in order. An end that is missing is searched for once. */
function* tokensOf(xml: string): Generator<string> {
  const piece = /<[^<>]*>?|[^<]+/y
  const unclosed = new Set<string>()
  const long = [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>']
  ] as const
  for (let at = 0; at < xml.length;) {
    const found = long.find(([start]) => !unclosed.has(start) && xml.startsWith(start, at))
    const end = found === undefined ? -1 : xml.indexOf(found[1], at)
    if (found !== undefined && end < 0) unclosed.add(found[0])
    piece.lastIndex = at
    const token = end >= 0 ? xml.slice(at, end + 3) : (piece.exec(xml)?.[0] ?? xml.slice(at))
    yield token
    at += token.length
  }
}

/**
 * Puts each element of XML on a line of its own, except for those that contain only text. Errors in it stay. Undefined
 * if it would grow too large.
 */
export function indentXml(xml: string): string | undefined {
  let text = ''
  let depth = 0
  let before: Before = 'other'
  for (const token of tokensOf(xml)) {
    const inner = token.trim()
    if (inner === '') continue
    const isText = !inner.startsWith('<') || inner.startsWith('<![CDATA[')
    const isEnd = inner.startsWith('</')
    const opens = /^<[^!?/]/.test(inner) && !inner.endsWith('/>')
    if (isEnd) depth--
    text +=
      (isText || isEnd) && before !== 'other' ? inner : newLine(depth) + (isText ? inner : inner.replace(/\s+/g, ' '))
    if (opens) depth++
    before = opens ? 'start' : isText && before !== 'other' ? 'text' : 'other'
    if (text.length > MOST_CHARACTERS) return undefined
  }
  return text.trimStart()
}

/** Whether the first element is that of a deck of WML. */
export const isDeckRoot = (root: string): boolean => root.toLowerCase() === 'wml'

/** Writes a feed as its items, a deck of WML as its cards, and other XML indented; XHTML is a page already. */
export function readXml(given: Source): string | { readonly page: string } {
  const source = { ...given, text: fromDeclaration(given.text) }
  const { text, name } = source
  const root = rootName(text)
  if (root.toLowerCase() === 'html') return { page: text }
  if (isDeckRoot(root)) return readWml(source)
  const feed = isFeedRoot(root) ? readFeed(source) : undefined
  if (feed !== undefined) return feed
  const indented = indentXml(text)
  return indented === undefined ? readPlainText(source) : preformatted(name, linked(indented))
}
