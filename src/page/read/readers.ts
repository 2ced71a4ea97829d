import { decode, decodeText, decodeXml } from '../../charset/decode.js'
import { topLevelDomain } from '../../bytes/web-address.js'
import { bareType, fileName, isNoText, isProgramFile, shownName } from './document-kind.js'
import { parse, type Parsed } from '../tree/parse.js'
import { rawAddress } from '../addresses/address-hints.js'
import { readJson } from './readers/json.js'
import { readMarkdown } from './readers/markdown.js'
import { readPlainText } from './readers/plain-text.js'
import { isDeckRoot, isFeedRoot, readXml, rootName } from './readers/xml.js'
import type { Source } from './source.js'
import { append, bodyOf, createElement, createText } from '../tree/tree.js'

/** Documents of one kind, and what makes them pages. */
interface Reader {
  readonly kind: string
  /** Bare types in lower case */
  readonly types: RegExp
  /**
   * Names of files that are of this kind if their server calls them text/plain, as it calls all that it does not know
   */
  readonly names?: RegExp
  /** What finds the charset */
  readonly decode: typeof decode
  /** Makes HTML; the steps make it right for a client. `page`: it was a page all along. */
  readonly read: (source: Source) => string | { readonly page: string }
}

/** THE LIST: which documents are shown as a page, and how each becomes HTML. The first whose types match counts. */
export const READERS = [
  {
    kind: 'html',
    types: /^(text\/html|application\/xhtml\+xml)$/,
    decode,
    read: ({ text }) => ({ page: text })
  },
  {
    kind: 'markdown',
    types: /^text\/(x-)?markdown$/,
    names: /\.(md|markdown)$/i,
    decode: decodeText,
    read: readMarkdown
  },
  {
    kind: 'json', // JSON Feed is in it
    types: /^(application|text)\/(x-)?([\w.-]+\+)?json$/,
    decode: decodeText,
    read: readJson
  },
  {
    kind: 'xml', // feeds, XHTML and WML are in it
    types: /^((application|text)\/([\w.-]+\+)?xml|text\/vnd\.wap\.wml)$/,
    names: /\.wml$/i,
    decode: decodeXml,
    read: readXml
  },
  {
    kind: 'text', // also for what the others cannot read
    types:
      /^(text\/[\w.+-]+|application\/(x-)?(javascript|ecmascript|typescript|sh|csh|perl|python|ruby|httpd-php(-source)?|tex|latex|texinfo|troff(-\w+)?|sql|yaml|toml))$/,
    decode: decodeText,
    read: readPlainText
  }
] as const satisfies readonly Reader[]

/** Documents that are shown as a page, each by its reader. */
export type DocumentKind = (typeof READERS)[number]['kind']

const readerOf = (kind: DocumentKind): Reader => READERS.find(reader => reader.kind === kind)!

/** What kind of document a Content-Type and a name say, or undefined if it is none that is shown as a page. */
export function documentKind(contentType: string, name: string): DocumentKind | undefined {
  const type = bareType(contentType)
  const kind = isNoText(type) ? undefined : READERS.find(({ types }) => types.test(type))?.kind
  if (type !== 'text/plain') return kind
  if (isProgramFile(name)) return undefined
  return READERS.find(reader => 'names' in reader && reader.names.test(name))?.kind ?? kind
}

/** A document that was read; `isHtml` says whether it came as HTML. */
export interface Document extends Parsed {
  readonly text: string
  readonly charset: string
  readonly isHtml: boolean
}

/**
 * Browsers show a feed or a deck that is sent as text/html as a run of text, which is of no use: it is recognised by
 * its beginning. Bytes.
 */
const FEED_START = 1024

const rootOf = (bytes: Buffer): string => rootName(bytes.toString('latin1', 0, FEED_START).replace(/^\xEF\xBB\xBF/, ''))

/** Whether a document begins as a feed. */
export const isFeedStart = (bytes: Buffer): boolean => isFeedRoot(rootOf(bytes))

function kindOf(bytes: Buffer, contentType: string, name: string): DocumentKind {
  // Of nothing there is no file to download: it is a page on which there is nothing.
  const kind = bytes.length === 0 ? 'html' : (documentKind(contentType, name) ?? 'html')
  if (kind !== 'html') return kind
  const root = rootOf(bytes)
  return isFeedRoot(root) || isDeckRoot(root) ? 'xml' : kind
}

/** Reads a document; where its reader fails or makes too much of it, it is shown as text. */
function readAs(kind: DocumentKind, source: Source, maxElements: number): { parsed: Parsed; isHtml: boolean } {
  try {
    const html = readerOf(kind).read(source)
    return typeof html === 'string'
      ? { parsed: parse(html, maxElements), isHtml: false }
      : { parsed: parse(html.page, maxElements), isHtml: true }
  } catch (error) {
    if (kind === 'html' || kind === 'text') throw error
    return readAs('text', source, maxElements)
  }
}

function addDownload({ document, names }: Parsed, url: URL): void {
  const body = bodyOf(document)
  if (body !== undefined)
    append(
      body,
      createElement(
        'p',
        {},
        createElement('a', { href: rawAddress(url.href) }, createText('Download the file as it is'))
      )
    )
  names.add('p').add('a')
}

/**
 * Turns the bytes of a document of any kind into a tree. A document that was no HTML ends with a link to its bytes.
 * @throws Failure TOO_LARGE when it has more elements than allowed.
 */
export function readDocument(
  bytes: Buffer,
  contentType: string,
  url: URL,
  { columns, maxElements }: { columns: number; maxElements: number }
): Document {
  const kind = kindOf(bytes, contentType, fileName(url))
  const { text, charset } = readerOf(kind).decode(bytes, contentType, topLevelDomain(url))
  const { parsed, isHtml } = readAs(
    kind,
    { text, type: bareType(contentType), name: shownName(url), columns },
    maxElements
  )
  if (!isHtml) addDownload(parsed, url)
  return { ...parsed, text, charset: isHtml ? charset : 'UTF-8', isHtml }
}
