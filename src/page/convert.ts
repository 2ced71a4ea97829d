import { createHash } from 'node:crypto'
import { decode } from '../charset/decode.js'
import { createEncoder, type Encoder } from '../charset/encoder.js'
import type { Fallbacks } from '../charset/fallbacks.js'
import type { Display, Profile } from '../clients/profile.js'
import { clientAddress, resolve } from './address.js'
import { isOldHtml } from './is-old-html.js'
import { parse } from './parse.js'
import { makeParts, wholeDocument } from './parts.js'
import { refreshOf } from './refresh.js'
import { serialize } from './serialize.js'
import { createShortener, shortKey, type ShortAddress } from './short-address.js'
import type { Outbox, Page, PageChoices, PageContext, Step } from './step.js'
import { STEPS, UNTOUCHED_STEPS, VIEW_STEPS } from './steps.js'
import { sizeText } from './steps/add-source-line.js'
import { append, attribute, bodyOf, createElement, createText, elements, headOf, type Document } from './tree.js'

/** All that the conversion of one page needs, as plain data: it may cross to another thread. */
export interface PageJob {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly url: string
  readonly profile: Profile
  readonly display: Display
  readonly choices: PageChoices
  readonly portal: string
  readonly gateway: string
  readonly originBytes: number
  readonly maxElements: number
  /** Why the end is missing, in words for the reader */
  readonly cut?: string
  readonly view: View
  /** A page that is longer than the client's budget is cut into parts; undefined: it never is */
  readonly parts?: PartsWanted
}

export interface PartsWanted {
  /** Of the page, as the client asks for it */
  readonly address: string
  /** The one that is asked for, from 1; beyond the last means the last */
  readonly number: number
  /** The page is the answer to a form: it cannot be asked for again */
  readonly posted: boolean
}

/** How a page is shown: whole; its article alone; its menus alone; or, a page of our own, with nothing looked for or added. */
export type View = 'page' | 'reader' | 'menu' | 'own'

/** An image that came inside the page; `path` is where the page says it is on our own host. */
export interface InlineImage { readonly path: string, readonly bytes: Uint8Array }

export interface PageResult {
  readonly body: Uint8Array
  /** All parts, of which `body` is one */
  readonly bodies: readonly Uint8Array[]
  /** Names the page in the addresses of its parts, if it was the answer to a form */
  readonly answer?: string
  readonly contentType: string
  readonly images: readonly InlineImage[]
  /** What the short addresses in the page stand for */
  readonly addresses: readonly ShortAddress[]
  /** The page only sends on: its address, as the client is to see it */
  readonly redirect?: string
  /** Steps that failed and were passed over: name and reason */
  readonly failures: readonly string[]
}

/** Told after each step, for tools that explain. */
export type Observer = (step: string, page: Page) => void

export type PageConverter = (job: PageJob, observe?: Observer) => PageResult

/** A META refresh within so many seconds is a redirect; a later one is a link (docs/clients.md R38). Seconds. */
const SHORT_REFRESH = 5
const SENT_MARK = 'retrograde-bytes-sent'
/** Four links to other parts take no more than an eighth of a part. Fraction of its bytes for one. */
const PART_ADDRESS = 32

/** The charset as old browsers know its name, or nothing where only a bare type is understood. */
function contentTypeOf (profile: Profile): string {
  return profile.text.nameCharset ? `text/html; charset=${profile.text.charset.toUpperCase().replace('UTF-8', 'utf-8')}` : 'text/html'
}

function baseOf (document: Document, url: URL): URL {
  const head = headOf(document)
  const href = (head === undefined ? [] : elements(head, 'base')).map(base => attribute(base, 'href')).find(href => href !== undefined)
  return href !== undefined && URL.canParse(href, url.href) && /^https?:/.test(new URL(href, url.href).href) ? new URL(href, url.href) : url
}

/** More are written, but not handed out: a page of so many is not read by anybody. Addresses. */
const MOST_ADDRESSES = 2000

function createOutbox (): Outbox & { readonly images: InlineImage[], readonly addresses: Map<string, ShortAddress> } {
  const images: InlineImage[] = []
  const addresses = new Map<string, ShortAddress>()
  return {
    images,
    addresses,
    addAddress (short) {
      if (addresses.size < MOST_ADDRESSES) addresses.set(short.key, short)
    },
    addImage (bytes) {
      const path = `/inline/${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}.gif`
      if (!images.some(image => image.path === path)) images.push({ path, bytes })
      return path
    }
  }
}

/** A page whose step fails goes on without it: less, never nothing. */
function runSteps (steps: readonly Step[], page: Page, context: PageContext, observe: Observer | undefined): string[] {
  const failures: string[] = []
  for (const step of steps) {
    try {
      step.run(page, context)
    } catch (error) {
      failures.push(`${step.name}: ${error instanceof Error ? error.message : String(error)}`)
    }
    observe?.(step.name, page)
  }
  return failures
}

/** Names the answer to a form. */
const answerKey = (bytes: Uint8Array): string => shortKey(createHash('sha256').update(bytes).digest('hex'))

/** Encodes the documents of a page, each with the size of all in the place of its mark. */
function withSize (documents: readonly string[], encoder: Encoder): Uint8Array[] {
  const bytes = documents.reduce((sum, text) => sum + Buffer.byteLength(text, encoder.charset === 'utf-8' ? 'utf8' : 'latin1'), 0)
  return documents.map(text => encoder.encode(text.replace(SENT_MARK, sizeText(bytes))))
}

function redirectOf (document: Document, context: PageContext): string | undefined {
  const refresh = refreshOf(document)
  if (refresh === undefined || refresh.address === '') return undefined
  const url = resolve(refresh.address, context)
  if (url === undefined || url.href === context.url.href) return undefined
  const address = clientAddress(url, context)
  if (address === undefined) return undefined
  if (refresh.seconds <= SHORT_REFRESH) return address
  const body = bodyOf(document)
  if (body !== undefined) append(body, createElement('p', {}, createElement('a', { href: url.href }, createText(`[This page goes on to ${url.host}]`))))
  return undefined
}

/**
 * A converter of pages: bytes of a page of today in, bytes of old HTML out. It keeps its encoders, and nothing of the
 * pages.
 */
export function createPageConverter (fallbacks: Fallbacks): PageConverter {
  const encoders = new Map<string, Encoder>()

  function encoderFor (charset: string, macSafe: boolean): Encoder {
    const key = `${charset} ${macSafe}`
    const found = encoders.get(key) ?? createEncoder(charset, macSafe, fallbacks)
    encoders.set(key, found)
    return found
  }

  function stepsFor (view: View, untouched: boolean): readonly Step[] {
    if (view === 'page') return untouched ? UNTOUCHED_STEPS : STEPS
    return VIEW_STEPS[view]
  }

  /** @throws Failure TOO_LARGE when the page has more elements than allowed. */
  return (job, observe) => {
    const { profile } = job
    const { text, charset } = decode(Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength), job.contentType)
    const { document, names, unseen, suspects } = parse(text, job.maxElements)
    const url = new URL(job.url)
    const outbox = createOutbox()
    const context: PageContext = { ...job, url, base: baseOf(document, url), charset, sentMark: SENT_MARK, outbox: { ...outbox, addImage: bytes => job.portal + outbox.addImage(bytes) } }
    const redirect = job.view === 'own' ? undefined : redirectOf(document, context)
    const body = bodyOf(document) ?? createElement('body')
    if (job.cut !== undefined) append(body, createElement('p', {}, createElement('b', {}, createText(`[${job.cut}]`))))
    const page: Page = { document, body, names, unseen, suspects, title: '', untouched: job.view === 'page' && isOldHtml({ document, names }, text, profile), images: [] }
    const failures = runSteps(stepsFor(job.view, page.untouched), page, context, observe)
    const encoder = encoderFor(profile.text.charset, profile.text.macSafe)
    const shorten = createShortener(profile.budget.addressLength, context, outbox.addAddress)
    const written = serialize(page, profile, encoder, encoderFor('us-ascii', false), shorten)
    const answer = job.parts?.posted === true ? answerKey(job.bytes) : undefined
    const shortenPart = createShortener(Math.min(profile.budget.addressLength, profile.budget.pageBytes / PART_ADDRESS), context, outbox.addAddress)
    const documents = job.parts === undefined ? [wholeDocument(written)] : makeParts(written, { profile, encoder, address: job.parts.address, answer, shorten: shortenPart })
    const bodies = withSize(documents, encoder)
    return { body: bodies[Math.min(job.parts?.number ?? 1, bodies.length) - 1]!, bodies, contentType: contentTypeOf(profile), images: outbox.images, addresses: [...outbox.addresses.values()], failures, ...(redirect === undefined ? {} : { redirect }), ...(answer === undefined ? {} : { answer }) }
  }
}
