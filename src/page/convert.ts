import { createHash } from 'node:crypto'
import { createEncoder, type Encoder } from '../charset/encoder.js'
import type { Fallbacks } from '../charset/fallbacks.js'
import type { Display, Profile } from '../clients/profile.js'
import { clientAddress, resolve } from './address.js'
import { isOldHtml } from './is-old-html.js'
import { readDocument, type Document as ReadDocument } from './readers.js'
import { refreshKind, refreshOf } from './refresh.js'
import { serialize } from './serialize.js'
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
  /** The HTTP field Refresh of the response */
  readonly refresh?: string
}

/** How a page is shown: whole; its article alone; its menus alone; or, a page of our own, with nothing looked for or added. */
export type View = 'page' | 'reader' | 'menu' | 'own'

/** An image that came inside the page; `path` is where the page says it is on our own host. */
export interface InlineImage { readonly path: string, readonly bytes: Uint8Array }

export interface PageResult {
  readonly body: Uint8Array
  readonly contentType: string
  readonly images: readonly InlineImage[]
  /** The page only sends on: its address, as the client is to see it */
  readonly redirect?: string
  /** Steps that failed and were passed over: name and reason */
  readonly failures: readonly string[]
}

/** Told after each step, for tools that explain. */
export type Observer = (step: string, page: Page) => void

export type PageConverter = (job: PageJob, observe?: Observer) => PageResult

const SENT_MARK = 'retrograde-bytes-sent'

/** The charset as old browsers know its name, or nothing where only a bare type is understood. */
function contentTypeOf (profile: Profile): string {
  return profile.text.nameCharset ? `text/html; charset=${profile.text.charset.toUpperCase().replace('UTF-8', 'utf-8')}` : 'text/html'
}

function baseOf (document: Document, url: URL): URL {
  const head = headOf(document)
  const href = (head === undefined ? [] : elements(head, 'base')).map(base => attribute(base, 'href')).find(href => href !== undefined)
  return href !== undefined && URL.canParse(href, url.href) && /^https?:/.test(new URL(href, url.href).href) ? new URL(href, url.href) : url
}

function createOutbox (): Outbox & { readonly images: InlineImage[] } {
  const images: InlineImage[] = []
  return {
    images,
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

/** Where the page only sends on to; a refresh that is no redirect becomes a link at its end. */
function redirectOf (read: ReadDocument, context: PageContext, field: string | undefined): string | undefined {
  const refresh = refreshOf(read, field)
  if (refresh === undefined || refresh.address === '') return undefined
  const url = resolve(refresh.address, context)
  const address = url === undefined ? undefined : clientAddress(url, context)
  if (url === undefined || address === undefined) return undefined
  const kind = refreshKind(refresh, context.url, url)
  if (kind === 'redirect') return address
  const body = kind === 'link' ? bodyOf(read.document) : undefined
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
    const url = new URL(job.url)
    const bytes = Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength)
    const read = readDocument(bytes, job.contentType, url, { columns: profile.preColumns, maxElements: job.maxElements })
    const { document, names, unseen, suspects, text, charset, isHtml } = read
    const outbox = createOutbox()
    const context: PageContext = { ...job, url, base: baseOf(document, url), charset, sentMark: SENT_MARK, outbox: { addImage: bytes => job.portal + outbox.addImage(bytes) } }
    const redirect = job.view === 'own' ? undefined : redirectOf(read, context, job.refresh)
    const body = bodyOf(document) ?? createElement('body')
    if (job.cut !== undefined) append(body, createElement('p', {}, createElement('b', {}, createText(`[${job.cut}]`))))
    const page: Page = { document, body, names, unseen, suspects, title: '', untouched: job.view === 'page' && isHtml && isOldHtml({ document, names }, text, profile), images: [] }
    const failures = runSteps(stepsFor(job.view, page.untouched), page, context, observe)
    const encoder = encoderFor(profile.text.charset, profile.text.macSafe)
    const whole = serialize(page, profile, encoder, encoderFor('us-ascii', false))
    const written = whole.replace(SENT_MARK, sizeText(Buffer.byteLength(whole, encoder.charset === 'utf-8' ? 'utf8' : 'latin1')))
    return { body: encoder.encode(written), contentType: contentTypeOf(profile), images: outbox.images, failures, ...(redirect === undefined ? {} : { redirect }) }
  }
}
