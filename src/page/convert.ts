import { asBuffer } from '../bytes/as-buffer.js'
import { createHash } from 'node:crypto'
import { isDefaultCharset, knownCharset } from '../charset/charsets.js'
import { createEncoder, type Encoder } from '../charset/encoder.js'
import type { Fallbacks } from '../charset/fallbacks.js'
import { onScreen } from '../clients/on-screen.js'
import { inItsTime } from '../clients/period.js'
import type { Profile } from '../clients/profile.js'
import { baseOf } from './addresses/base-address.js'
import { createPaths } from './addresses/path-on-host.js'
import { createShortener, inDigits } from './addresses/short-address.js'
import { otherForm, SHORT_ARTICLE } from './article/other-form.js'
import { withFetched } from './css/sheets/fetched-sheets.js'
import type { PageJob, PageResult, PartsWanted } from './job.js'
import { createOutbox, type FilledOutbox } from './outbox.js'
import type { PageKnowledge } from './knowledge.js'
import { makeParts, wholeDocument } from './parts/parts.js'
import { isOldHtml } from './read/is-old-html.js'
import { imageAddresses } from './images/image-addresses.js'
import { readDocument, type Document as ReadDocument } from './read/readers.js'
import { redirectOf } from './read/redirect.js'
import type { Page, PageContext } from './step.js'
import { stepsFor, type PlacedStep } from './steps.js'
import { append, bodyOf, createElement, createText, isBlank, type Element } from './tree/tree.js'
import { SENT_MARK, withSize } from './write/sent-size.js'
import { serialize, type Written } from './write/serialize.js'
import { messageOf } from '../system-error.js'

export type { FetchedSheet } from './css/sheets/fetched-sheets.js'
export type { InlineImage, PageJob, PageResult } from './job.js'

type EncoderFor = (charset: string, macSafe: boolean) => Encoder

/** Encoders by charset, each made once: what they fold is much the same from page to page. */
function createEncoders(fallbacks: Fallbacks): EncoderFor {
  const encoders = new Map<string, Encoder>()
  return (charset, macSafe) => {
    const key = `${charset} ${macSafe}`
    const encoder = encoders.get(key) ?? createEncoder(charset, macSafe, fallbacks)
    encoders.set(key, encoder)
    return encoder
  }
}

/** @throws Failure TOO_LARGE when the page has more elements than allowed. */
function readJob({ bytes, contentType, profile, maxElements, sheets, ...job }: PageJob): ReadDocument {
  const buffer = asBuffer(bytes)
  const url = new URL(job.url)
  const read = readDocument(buffer, contentType, url, { columns: profile.preColumns, maxElements })
  return sheets === undefined ? read : { ...read, sheets: withFetched(read.sheets, sheets, baseOf(read.document, url)) }
}

interface Tools extends Omit<PageKnowledge, 'fallbacks'> {
  readonly encoder: Encoder
  readonly outbox: FilledOutbox
}

function contextOf(job: PageJob, read: ReadDocument, { encoder, outbox, ...learnt }: Tools): PageContext {
  const { formOf, ...plain } = job
  const url = new URL(job.url)
  return {
    ...plain,
    ...(formOf === undefined ? {} : { formOf: new URL(formOf) }),
    requests: job.requests ?? 1,
    fold: encoder.fold,
    ...learnt,
    url,
    base: baseOf(read.document, new URL(job.typedUrl ?? job.url)),
    charset: read.charset,
    sentMark: SENT_MARK,
    outbox
  }
}

/** The body of a page, with the reason at its end if the rest is missing. */
function bodyWithCut({ document }: ReadDocument, cut: string | undefined): Element {
  const body = bodyOf(document) ?? createElement('body')
  if (cut !== undefined) append(body, createElement('p', {}, createElement('b', {}, createText(`[${cut}]`))))
  return body
}

/** Whether a page is shown as it is, and not as one that was made for browsers of today. */
function isUntouched({ view, site, profile, wallSigns }: PageJob, read: ReadDocument): boolean {
  // What stands before a site is named as such, in whatever HTML it is.
  if (wallSigns?.named !== undefined) return false
  if ((view !== 'page' && view !== 'article') || !read.isHtml) return false
  // There is nothing to leave as it is, and somebody has to say that.
  if (bodyOf(read.document)?.childNodes.every(isBlank) === true) return false
  return site?.untouched === true || isOldHtml(read, read.text, inItsTime(profile))
}

function pageOf({ cut }: PageJob, read: ReadDocument, untouched: boolean): Page {
  const { document, names, unseen, suspects, sheets, data, scripts, announced } = read
  return {
    document,
    body: bodyWithCut(read, cut),
    names,
    unseen,
    suspects,
    sheets,
    data,
    scripts,
    announced,
    title: '',
    untouched,
    images: []
  }
}

/** Is told of the page as it was read, and then after each step, for tools that explain a conversion. */
export type Observer = (placed: PlacedStep | undefined, page: Page) => void

export type PageConverter = (job: PageJob, observe?: Observer) => PageResult

interface Run {
  readonly page: Page
  readonly context: PageContext
  readonly observe: Observer | undefined
}

/** A page whose step fails goes on without it: less, never nothing. */
function runSteps({ page, context, observe }: Run, steps: readonly PlacedStep[]): string[] {
  const failures: string[] = []
  observe?.(undefined, page)
  for (const placed of steps) {
    const { step } = placed
    try {
      step.run(page, context)
    } catch (error) {
      failures.push(`${step.name}: ${messageOf(error)}`)
    }
    observe?.(placed, page)
  }
  return failures
}

/** 50 bits: no two answers of one client within an hour have the same. Characters. */
const FORM_KEY_CHARACTERS = 10

/** The name of the answer to a form, which has no address that it could be asked for by. */
const formKeyOf = (bytes: Uint8Array): string =>
  inDigits(createHash('sha256').update(bytes).digest(), FORM_KEY_CHARACTERS)

/** Four links to other parts take no more than an eighth of a part. Fraction of its bytes for one. */
const PART_ADDRESS = 32

/** A profile with pages no longer than is wanted. */
function lighter(profile: Profile, { mostBytes = Infinity }: PartsWanted): Profile {
  const { budget } = profile
  return mostBytes >= budget.pageBytes ? profile : { ...profile, budget: { ...budget, pageBytes: mostBytes } }
}

interface Sending {
  readonly job: PageJob
  readonly context: PageContext
  readonly encoder: Encoder
  readonly formKey: string | undefined
}

/** The documents that a page is sent as: itself, or its parts. */
function documentsOf(written: Written, { job, context, encoder, formKey }: Sending): string[] {
  const { parts } = job
  if (parts === undefined) return [wholeDocument(written)]
  const profile = lighter(job.profile, parts)
  const { addressLength, pageBytes } = profile.budget
  const most = Math.min(addressLength, pageBytes / PART_ADDRESS)
  return makeParts(written, {
    profile,
    encoder,
    address: parts.address,
    formKey,
    shorten: createShortener(most, context, context.outbox.addAddress)
  })
}

/** The part of this number; one that is beyond the last is the last. */
function partNumbered<T>(bodies: readonly T[], number: number): T {
  const body = bodies[number - 1] ?? bodies.at(-1)
  if (body === undefined) throw new Error('a page was written as no document')
  return body
}

/** The charset as old browsers know its name, or nothing where only a bare type is understood (docs/clients.md R34). */
function contentTypeOf({ text: { charset, nameCharset } }: Profile): string {
  if (nameCharset === false || (nameCharset === 'foreign' && isDefaultCharset(charset))) return 'text/html'
  return `text/html; charset=${knownCharset(charset).name.replace('UTF-8', 'utf-8')}`
}

/** What the reader found; a short article may have more in another form of its page, which has no further form. */
function articleOf(
  { articleLength, announced }: Page,
  context: PageContext
): Pick<PageResult, 'articleLength' | 'otherForm'> {
  if (articleLength === undefined) return {}
  const other =
    articleLength < SHORT_ARTICLE && context.formOf === undefined ? otherForm(announced, context) : undefined
  return { articleLength, ...(other === undefined ? {} : { otherForm: other }) }
}

/**
 * A converter of pages: bytes of a page of today in, bytes of old HTML out. It keeps its encoders, and nothing of the
 * pages but the style sheets that they have in common.
 */
export function createPageConverter({ fallbacks, ...learnt }: PageKnowledge): PageConverter {
  const encoderFor = createEncoders(fallbacks)

  return (wanted, observe) => {
    const asked = { ...wanted, profile: onScreen(wanted.profile, wanted.display) }
    const read = readJob(asked)
    const untouched = isUntouched(asked, read)
    const job = untouched ? { ...asked, profile: inItsTime(asked.profile) } : asked
    const { profile, view } = job
    const encoder = encoderFor(profile.text.charset, profile.text.macSafe)
    const outbox = createOutbox(job.portal)
    const context = contextOf(job, read, { encoder, ...learnt, outbox })
    const redirect = view === 'portal' ? undefined : redirectOf(read, context, job.refresh)
    const page = pageOf(job, read, untouched)
    const failures = runSteps({ page, context, observe }, stepsFor(page.untouched ? 'untouched' : view))
    const shorten = createShortener(profile.budget.addressLength, context, outbox.addAddress)
    const asPath = createPaths(profile.paths === true ? job.host : undefined)
    const written = serialize(page, {
      profile,
      declared: asked.profile.elements,
      encoder,
      ascii: encoderFor('us-ascii', false),
      shorten: address => asPath(shorten(address)),
      paper: job.display.paper
    })
    const formKey = job.posted === true && job.parts !== undefined ? formKeyOf(job.bytes) : undefined
    const documents = documentsOf(written, { job, context, encoder, formKey })
    const number = job.parts?.number ?? 1
    const bodies = withSize(documents.map(document => encoder.encode(document)))
    return {
      body: partNumbered(bodies, number),
      bodies,
      contentType: contentTypeOf(profile),
      images: outbox.images,
      imageAddresses: imageAddresses(partNumbered(documents, number)),
      addresses: [...outbox.addresses.values()],
      failures,
      ...articleOf(page, context),
      ...(redirect === undefined ? {} : { redirect }),
      ...(formKey === undefined ? {} : { formKey })
    }
  }
}
