import { createHash } from 'node:crypto'
import { decode } from '../charset/decode.js'
import { createEncoder, type Encoder } from '../charset/encoder.js'
import type { Fallbacks } from '../charset/fallbacks.js'
import type { Display, Profile } from '../clients/profile.js'
import type { AddressHints } from './address-hints.js'
import { clientAddress, resolve } from './address.js'
import { isOldHtml } from './is-old-html.js'
import { parse } from './parse.js'
import { refreshOf } from './refresh.js'
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
  /** What this visit alone was asked with, for the addresses of its images */
  readonly imageHints?: AddressHints
}

/** How a page is shown: whole; its article alone; that, if it is an article; its menus alone; or, a page of our own, with nothing looked for or added. */
export type View = 'page' | 'reader' | 'article' | 'menu' | 'own'

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

/** A META refresh within so many seconds is a redirect; a later one is a link (docs/clients.md R38). Seconds. */
const SHORT_REFRESH = 5
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
    if (untouched) return UNTOUCHED_STEPS
    if (view === 'page') return STEPS
    return VIEW_STEPS[view]
  }

  /** @throws Failure TOO_LARGE when the page has more elements than allowed. */
  return (job, observe) => {
    const { profile } = job
    const { text, charset } = decode(Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength), job.contentType)
    const { document, names, unseen, suspects } = parse(text, job.maxElements)
    const url = new URL(job.url)
    const outbox = createOutbox()
    const context: PageContext = { ...job, url, base: baseOf(document, url), charset, sentMark: SENT_MARK, outbox: { addImage: bytes => job.portal + outbox.addImage(bytes) } }
    const redirect = job.view === 'own' ? undefined : redirectOf(document, context)
    const body = bodyOf(document) ?? createElement('body')
    if (job.cut !== undefined) append(body, createElement('p', {}, createElement('b', {}, createText(`[${job.cut}]`))))
    const page: Page = { document, body, names, unseen, suspects, title: '', untouched: (job.view === 'page' || job.view === 'article') && isOldHtml({ document, names }, text, profile), images: [] }
    const failures = runSteps(stepsFor(job.view, page.untouched), page, context, observe)
    const encoder = encoderFor(profile.text.charset, profile.text.macSafe)
    const whole = serialize(page, profile, encoder, encoderFor('us-ascii', false))
    const written = whole.replace(SENT_MARK, sizeText(Buffer.byteLength(whole, encoder.charset === 'utf-8' ? 'utf8' : 'latin1')))
    return { body: encoder.encode(written), contentType: contentTypeOf(profile), images: outbox.images, failures, ...(redirect === undefined ? {} : { redirect }) }
  }
}
