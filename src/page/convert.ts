import { createHash } from 'node:crypto'
import { charsetNamed, isDefaultCharset } from '../charset/charsets.js'
import { decodeSheet } from '../charset/decode.js'
import { createEncoder, type Encoder } from '../charset/encoder.js'
import type { Fallbacks } from '../charset/fallbacks.js'
import type { Display, Profile } from '../clients/profile.js'
import type { SiteRule } from './site-rule.js'
import type { AddressHints } from './addresses/address-hints.js'
import { clientAddress, resolve } from './addresses/address.js'
import { isOldHtml } from './read/is-old-html.js'
import { otherForm, SHORT_ARTICLE } from './content/other-form.js'
import { makeParts, wholeDocument } from './parts/parts.js'
import { readDocument, type Document as ReadDocument } from './read/readers.js'
import { refreshKind, refreshOf } from './read/refresh.js'
import { SENT_MARK, withSize } from './write/sent-size.js'
import { serialize } from './write/serialize.js'
import { createShortener, inDigits, type ShortAddress } from './addresses/short-address.js'
import type { Sheet } from './tree/sheets.js'
import type { SizeHint } from './addresses/size-hint.js'
import type { Outbox, Page, PageChoices, PageContext, Step } from './step.js'
import { STEPS, UNTOUCHED_STEPS, VIEW_STEPS } from './steps.js'
import { append, attribute, bodyOf, createElement, createText, elements, headOf, type Document } from './tree/tree.js'

/** All that the conversion of one page needs, as plain data: it may cross to another thread. */
export interface PageJob {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly url: string
  /** The page that was asked for, if this is another form of it */
  readonly formOf?: string
  readonly profile: Profile
  readonly display: Display
  readonly choices: PageChoices
  readonly portal: string
  readonly gateway: string
  /** Of the client: its short addresses are made with it */
  readonly addressSecret?: string
  /** Bytes that came from origins for the page over the wire, and the requests for them; 1 if not given */
  readonly originBytes: number
  readonly requests?: number
  readonly maxElements: number
  /** Why the end is missing, in words for the reader */
  readonly cut?: string | undefined
  readonly view: View
  /** What is known of the site */
  readonly site?: SiteRule | undefined
  /** Linked style sheets that came in time */
  readonly sheets?: readonly FetchedSheet[]
  /** What this visit alone was asked with, for the addresses of its images */
  readonly imageHints?: AddressHints
  /** How large the files of its images are, by imageKey(), as far as it was found out in time */
  readonly imageSizes?: ReadonlyMap<string, SizeHint>
  /** Where an article leads back to, if it was reached from a page of our own */
  readonly back?: { readonly address: string; readonly text: string } | undefined
  /** The HTTP field Refresh of the response */
  readonly refresh?: string | undefined
  /** A page that is longer than the client's budget is cut into parts; undefined: it never is */
  readonly parts?: PartsWanted | undefined
}

export interface PartsWanted {
  /** Of the page, as the client asks for it */
  readonly address: string
  /** The one that is asked for, from 1; beyond the last means the last */
  readonly number: number
  /** The page is the answer to a form: it cannot be asked for again */
  readonly posted: boolean
}

/** A style sheet as its origin sent it. */
export interface FetchedSheet {
  readonly url: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

/**
 * How a page is shown: whole; its article alone; that, if it is an article; its menus alone; or, a page of our own,
 * with nothing looked for or added.
 */
export type View = 'page' | 'reader' | 'article' | 'menu' | 'portal'

/** An image that came inside the page; `path` is where the page says it is on our own host. */
export interface InlineImage {
  readonly path: string
  readonly bytes: Uint8Array
}

export interface PageResult {
  readonly body: Uint8Array
  /** All parts, of which `body` is one */
  readonly bodies: readonly Uint8Array[]
  /** Names the page in the addresses of its parts, if it was the answer to a form */
  readonly formKey?: string
  readonly contentType: string
  readonly images: readonly InlineImage[]
  /** What the short addresses in the page stand for */
  readonly addresses: readonly ShortAddress[]
  /** The page only sends on: its address, as the client is to see it */
  readonly redirect?: string
  /** Of the article that the reader found, 0 if none. Characters */
  readonly articleLength?: number
  /** Where there may be more of it: the AMP or print form of the page */
  readonly otherForm?: string
  /** Steps that failed and were passed over: name and reason */
  readonly failures: readonly string[]
}

/** Told after each step, for tools that explain. */
export type Observer = (step: string, page: Page) => void

export type PageConverter = (job: PageJob, observe?: Observer) => PageResult

/** Four links to other parts take no more than an eighth of a part. Fraction of its bytes for one. */
const PART_ADDRESS = 32

/** The charset as old browsers know its name, or nothing where only a bare type is understood (docs/clients.md R34). */
function contentTypeOf({ text: { charset, nameCharset } }: Profile): string {
  if (nameCharset === false || (nameCharset === 'foreign' && isDefaultCharset(charset))) return 'text/html'
  return `text/html; charset=${charsetNamed(charset)!.name.replace('UTF-8', 'utf-8')}`
}

function baseOf(document: Document, url: URL): URL {
  const head = headOf(document)
  const href = (head === undefined ? [] : elements(head, 'base'))
    .map(base => attribute(base, 'href'))
    .find(href => href !== undefined)
  return href !== undefined && URL.canParse(href, url.href) && /^https?:/.test(new URL(href, url.href).href)
    ? new URL(href, url.href)
    : url
}

/** More are written, but not handed out: a page of so many is not read by anybody. Addresses. */
const MOST_ADDRESSES = 2000

/** The sheets of a page, with the text of those linked ones that were fetched. */
function withText(sheets: readonly Sheet[], fetched: readonly FetchedSheet[], base: URL): Sheet[] {
  const byUrl = new Map(fetched.map(sheet => [sheet.url, sheet]))
  return sheets.map(sheet => {
    const found =
      sheet.href === undefined || !URL.canParse(sheet.href, base.href)
        ? undefined
        : byUrl.get(new URL(sheet.href, base.href).href)
    return found === undefined
      ? sheet
      : {
          ...sheet,
          text: decodeSheet(
            Buffer.from(found.bytes.buffer, found.bytes.byteOffset, found.bytes.byteLength),
            found.contentType
          )
        }
  })
}

function createOutbox(): Outbox & { readonly images: InlineImage[]; readonly addresses: Map<string, ShortAddress> } {
  const images: InlineImage[] = []
  const paths = new Set<string>()
  const addresses = new Map<string, ShortAddress>()
  return {
    images,
    addresses,
    addAddress(short) {
      if (addresses.size < MOST_ADDRESSES) addresses.set(short.key, short)
    },
    addImage(bytes) {
      const path = `/inline/${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}.gif`
      if (!paths.has(path)) images.push({ path, bytes })
      paths.add(path)
      return path
    }
  }
}

/** A page whose step fails goes on without it: less, never nothing. */
function runSteps(steps: readonly Step[], page: Page, context: PageContext, observe: Observer | undefined): string[] {
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

/** 50 bits: of one client's answers within an hour no two meet. Characters. */
const ANSWER_CHARACTERS = 10

/** Names the answer to a form. */
const formKeyOf = (bytes: Uint8Array): string =>
  inDigits(createHash('sha256').update(bytes).digest(), ANSWER_CHARACTERS)

/** What a reader tells of its article; another form is not asked for one more. */
function articleOf(
  { articleLength, announced }: Page,
  context: PageContext
): Pick<PageResult, 'articleLength' | 'otherForm'> {
  if (articleLength === undefined) return {}
  const other =
    articleLength < SHORT_ARTICLE && context.formOf === undefined ? otherForm(announced, context) : undefined
  return { articleLength, ...(other === undefined ? {} : { otherForm: other }) }
}

/** Where the page only sends on to; a refresh that is no redirect becomes a link at its end. */
function redirectOf(read: ReadDocument, context: PageContext, field: string | undefined): string | undefined {
  const refresh = refreshOf(read, field)
  if (refresh === undefined || refresh.address === '') return undefined
  const url = resolve(refresh.address, context)
  const address = url === undefined ? undefined : clientAddress(url, context)
  if (url === undefined || address === undefined) return undefined
  const kind = refreshKind(refresh, context.url, url)
  if (kind === 'redirect') return address
  const body = kind === 'link' ? bodyOf(read.document) : undefined
  if (body !== undefined)
    append(
      body,
      createElement('p', {}, createElement('a', { href: url.href }, createText(`[This page goes on to ${url.host}]`)))
    )
  return undefined
}

/**
 * A converter of pages: bytes of a page of today in, bytes of old HTML out. It keeps its encoders, and nothing of the
 * pages.
 */
export function createPageConverter(fallbacks: Fallbacks): PageConverter {
  const encoders = new Map<string, Encoder>()

  function encoderFor(charset: string, macSafe: boolean): Encoder {
    const key = `${charset} ${macSafe}`
    const found = encoders.get(key) ?? createEncoder(charset, macSafe, fallbacks)
    encoders.set(key, found)
    return found
  }

  function stepsFor(view: View, untouched: boolean): readonly Step[] {
    if (untouched) return UNTOUCHED_STEPS
    if (view === 'page') return STEPS
    return VIEW_STEPS[view]
  }

  /** @throws Failure TOO_LARGE when the page has more elements than allowed. */
  return (job, observe) => {
    const { profile } = job
    const url = new URL(job.url)
    const bytes = Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength)
    const read = readDocument(bytes, job.contentType, url, {
      columns: profile.preColumns,
      maxElements: job.maxElements
    })
    const { document, names, unseen, suspects, sheets, data, announced, text, charset, isHtml } = read
    const outbox = createOutbox()
    const encoder = encoderFor(profile.text.charset, profile.text.macSafe)
    const { formOf, ...plain } = job
    const context: PageContext = {
      ...plain,
      ...(formOf === undefined ? {} : { formOf: new URL(formOf) }),
      requests: job.requests ?? 1,
      fold: encoder.fold,
      url,
      base: baseOf(document, url),
      charset,
      sentMark: SENT_MARK,
      outbox: { ...outbox, addImage: bytes => job.portal + outbox.addImage(bytes) }
    }
    const redirect = job.view === 'portal' ? undefined : redirectOf(read, context, job.refresh)
    const body = bodyOf(document) ?? createElement('body')
    if (job.cut !== undefined) append(body, createElement('p', {}, createElement('b', {}, createText(`[${job.cut}]`))))
    const page: Page = {
      document,
      body,
      names,
      unseen,
      suspects,
      sheets: job.sheets === undefined ? sheets : withText(sheets, job.sheets, context.base),
      data,
      announced,
      title: '',
      untouched:
        (job.view === 'page' || job.view === 'article') &&
        isHtml &&
        (job.site?.untouched === true || isOldHtml({ document, names }, text, profile)),
      images: []
    }
    const failures = runSteps(stepsFor(job.view, page.untouched), page, context, observe)
    const shorten = createShortener(profile.budget.addressLength, context, outbox.addAddress)
    const written = serialize(page, profile, encoder, encoderFor('us-ascii', false), shorten, job.display.paper)
    const formKey = job.parts?.posted === true ? formKeyOf(job.bytes) : undefined
    const shortenPart = createShortener(
      Math.min(profile.budget.addressLength, profile.budget.pageBytes / PART_ADDRESS),
      context,
      outbox.addAddress
    )
    const documents =
      job.parts === undefined
        ? [wholeDocument(written)]
        : makeParts(written, { profile, encoder, address: job.parts.address, formKey, shorten: shortenPart })
    const bodies = withSize(documents.map(document => encoder.encode(document)))
    return {
      body: bodies[Math.min(job.parts?.number ?? 1, bodies.length) - 1]!,
      bodies,
      contentType: contentTypeOf(profile),
      images: outbox.images,
      addresses: [...outbox.addresses.values()],
      failures,
      ...articleOf(page, context),
      ...(redirect === undefined ? {} : { redirect }),
      ...(formKey === undefined ? {} : { formKey })
    }
  }
}
