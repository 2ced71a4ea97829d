import { decode, decodeText, decodeXml } from '../../charset/decode.js'
import { bareType, documentKind, fileName, shownName, type DocumentKind } from './document-kind.js'
import { parse, type Parsed } from '../tree/parse.js'
import { rawAddress } from '../addresses/address-hints.js'
import { readJson } from './readers/json.js'
import { readMarkdown } from './readers/markdown.js'
import { readPlainText } from './readers/plain-text.js'
import { isFeedRoot, readXml, rootName } from './readers/xml.js'
import type { Source } from './source.js'
import { append, bodyOf, createElement, createText } from '../tree/tree.js'

/** Turns a document into HTML, which the steps adapt to a client. `page` says that the document was a page already. */
export type Reader = (source: Source) => string | { readonly page: string }

/** THE LIST: how each kind of document becomes HTML. */
export const READERS: Readonly<Record<DocumentKind, Reader>> = {
  html: ({ text }) => ({ page: text }),
  markdown: readMarkdown,
  json: readJson, // JSON Feed is in it
  xml: readXml, // feeds and XHTML are in it
  text: readPlainText // also for what the others cannot read
}

/** A document that was read; `isHtml` says whether it came as HTML. */
export interface Document extends Parsed {
  readonly text: string
  readonly charset: string
  readonly isHtml: boolean
}

/**
 * Browsers show a feed that is sent as text/html as a run of text, which is of no use: it is recognised by its
 * beginning. Bytes.
 */
const FEED_START = 1024

function kindOf(bytes: Buffer, contentType: string, name: string): DocumentKind {
  const kind = documentKind(contentType, name) ?? 'html'
  return kind === 'html' && isFeedRoot(rootName(bytes.toString('latin1', 0, FEED_START).replace(/^\xEF\xBB\xBF/, '')))
    ? 'xml'
    : kind
}

/** Reads a document; where its reader fails or makes too much of it, it is shown as text. */
function readAs(kind: DocumentKind, source: Source, maxElements: number): { parsed: Parsed; isHtml: boolean } {
  try {
    const html = READERS[kind](source)
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
  const { text, charset } =
    kind === 'html'
      ? decode(bytes, contentType)
      : kind === 'xml'
        ? decodeXml(bytes, contentType)
        : decodeText(bytes, contentType)
  const { parsed, isHtml } = readAs(
    kind,
    { text, type: bareType(contentType), name: shownName(url), columns },
    maxElements
  )
  if (!isHtml) addDownload(parsed, url)
  return { ...parsed, text, charset: isHtml ? charset : 'UTF-8', isHtml }
}
