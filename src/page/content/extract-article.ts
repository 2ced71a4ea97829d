import { createRequire } from 'node:module'
import { parseFragment } from 'parse5'
import { dropAsides } from './asides.js'
import { attribute, createElement, isElement, isText, type Document, type Element, type Node } from '../tree/tree.js'

/** The article of a page. */
export interface Article {
  readonly title: string
  readonly byline: string
  /** The date of publication, as the page has it */
  readonly date: string
  /** A DIV that is in no tree yet */
  readonly content: Element
  /** The length of its text. Characters */
  readonly length: number
}

interface Found {
  title?: string | null
  byline?: string | null
  content?: string | null
  length?: number | null
  publishedTime?: string | null
}
interface ReadabilityClass {
  new (document: unknown, options: object): { parse: () => Found | null }
}
interface ParserClass {
  new (): { parse: (html: string, url: string) => unknown }
}

// Both are CommonJS. JSDOMParser is the small parser that Readability has for places without a DOM: it takes half the
// time of a DOM library (measured).
const require = createRequire(import.meta.url)
const Readability = require('@mozilla/readability/Readability.js') as ReadabilityClass
const Parser = require('@mozilla/readability/JSDOMParser.js') as ParserClass

/**
 * Limits for Readability, which reads the text of each element several times, so that a node costs its depth, and
 * searches for each child among its siblings. The first is for the sum of the depths of all nodes, at 5 microseconds
 * each: the largest of 435 pages of today has 400,000. The second is for the sum of the squares of the numbers of
 * children, at 8 nanoseconds each.
 */
const MOST_DEPTHS = 800_000
const MOST_PAIRS = 200_000_000
/** A shorter text is no article. Characters. */
const LEAST_TEXT = 400

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Elements without an end tag. */
const VOID = new Set(['br', 'hr', 'img', 'input', 'source', 'wbr', 'area', 'embed', 'col'])

function startOf(node: Node): string {
  if (!isElement(node)) return ''
  const attributes = node.attrs
    .filter(({ name }) => /^[a-z][\w-]*$/i.test(name))
    .map(({ name, value }) => ` ${name}="${escape(value)}"`)
    .join('')
  const isVoid = node.childNodes.length === 0 && VOID.has(node.tagName)
  return `<${node.tagName}${attributes}${isVoid ? ' /' : ''}>`
}

/**
 * Classes of words for screen readers alone ("Image copyright", "Opens in a new tab") in Bootstrap, WordPress, Drupal
 * and the BBC's pages.
 */
const FOR_READERS = new Set([
  'sr-only',
  'visually-hidden',
  'visuallyhidden',
  'u-visually-hidden',
  'screen-reader-text',
  'screen-reader-only',
  'off-screen',
  'offscreen',
  'element-invisible'
])

const isForReaders = (element: Element): boolean =>
  attribute(element, 'class')
    ?.split(/\s+/)
    .some(name => FOR_READERS.has(name)) === true

/** Writes the tree as the XML-like text that JSDOMParser reads; undefined if it is beyond the limits. */
function asXml(document: Document): string | undefined {
  const parts: string[] = []
  const stack: Array<{ nodes: readonly Node[]; index: number; end: string; pre: boolean }> = [
    { nodes: document.childNodes, index: 0, end: '', pre: false }
  ]
  let [depths, pairs] = [0, 0]
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const node = top.nodes[top.index++]
    depths += stack.length
    if (depths > MOST_DEPTHS || pairs > MOST_PAIRS) return undefined
    if (node === undefined) {
      parts.push(top.end)
      stack.pop()
    } else if (isText(node)) parts.push(escape(node.value))
    else if (isElement(node) && !isForReaders(node)) {
      pairs += node.childNodes.length ** 2
      // Readability turns two BR into a paragraph, which would join the lines of a listing.
      const start = top.pre && node.tagName === 'br' ? '\n' : startOf(node)
      parts.push(start)
      if (!/(\/>|\n)$/.test(start))
        stack.push({
          nodes: node.childNodes,
          index: 0,
          end: `</${node.tagName}>`,
          pre: top.pre || node.tagName === 'pre'
        })
    }
  }
  return parts.join('')
}

/** The byline in one line; a date from a block of its own is kept apart from the name. */
const bylineText = (byline: string): string =>
  byline
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?<=\p{L})(?=\d{1,2}[ .] ?\p{L}{3})/u, ', ')

/** Finds the article of a page by its look; undefined if there is none. The page is not changed. */
export function extractArticle(document: Document, url: URL): Article | undefined {
  const xml = asXml(document)
  if (xml === undefined) return undefined
  const found = new Readability(new Parser().parse(xml, url.href), { charThreshold: LEAST_TEXT }).parse()
  if (found?.content == null || (found.length ?? 0) < LEAST_TEXT) return undefined
  return {
    title: found.title ?? '',
    byline: bylineText(found.byline ?? ''),
    date: (found.publishedTime ?? '').trim(),
    content: dropAsides(createElement('div', {}, ...parseFragment(found.content).childNodes)),
    length: found.length ?? 0
  }
}
