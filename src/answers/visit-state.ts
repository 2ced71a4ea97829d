import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Answer } from '../answer.js'
import { transcodeQuery } from '../charset/transcode-query.js'
import { identify, type Client } from '../clients/identify.js'
import type { ClientRules } from '../clients/rules.js'
import { clientKey } from '../clients/client-key.js'
import { readChoices } from '../clients/read-choices.js'
import type { Choices, PersonalSettings } from '../clients/settings.js'
import type { Config } from '../config.js'
import type { Kind } from '../decide.js'
import { Failure, type FailureCode } from '../errors.js'
import type { Located } from '../front/locate.js'
import type { Access } from '../guard/access.js'
import type { Loops } from '../guard/loops.js'
import type { Quotas } from '../guard/quotas.js'
import type { News } from '../news/news.js'
import type { CookieJars } from '../origin/cookie-jars.js'
import type { CookieKeeper } from '../origin/cookie-keeper.js'
import type { Conditions } from '../origin/freshness.js'
import type { RedirectTrail } from '../origin/redirect-trail.js'
import type { FetchSheet } from '../origin/sheet-fetcher.js'
import { takeHints, type AddressHints } from '../page/address-hints.js'
import type { PageConverter, PageJob, View } from '../page/convert.js'
import { partIn, type PartHint } from '../page/part-address.js'
import { restoreReferences } from '../page/raw-ampersand.js'
import { keyInPath } from '../page/short-address.js'
import type { SizeHint } from '../page/size-hint.js'
import { typedAddress } from '../portal/typed.js'
import type { InlineImages } from '../portal/inline-images.js'
import type { KeptParts } from '../portal/kept-parts.js'
import type { LastErrors } from '../portal/last-errors.js'
import type { PortalRules } from '../portal/portal-rules.js'
import type { Search } from '../search/search.js'
import type { ShortAddresses } from '../store/short-addresses.js'
import type { SecureEnd } from '../tls/secure-end.js'
import type { Workers } from '../workers/pool.js'
import { compatible } from './compatible.js'
import type { ImageCache } from './image-cache.js'

/** What an old browser asked, as the front understood it. */
export interface VisitRequest {
  /** In the log and on error pages */
  readonly id: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
  /** HTTP/0.9 */
  readonly simple: boolean
  readonly clientAddress: string
  /** The client knows that we are its proxy: it takes 407, and a password for us is in Proxy-Authorization */
  readonly asProxy: boolean
  /** Who said the right password, if one is needed; visit() finds out */
  readonly user?: string | undefined
  readonly located: Located
  /** 0.9, 1.0 or 1.1 */
  readonly httpVersion: string
  readonly signal: AbortSignal
  /** The body, as far as it comes within so many bytes; empty if there is none. Never rejects. */
  readonly readBody: (maxBytes: number) => Promise<Buffer>
}

/** What the origin said; `url` is where it said it, by http or https. */
export interface OriginResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Readable
  readonly url: URL
}

/** What the stages of a visit need, made once at the start. */
export interface Stages {
  readonly config: Config
  readonly access: Access
  readonly quotas: Quotas
  readonly loops: Loops
  readonly rules: ClientRules
  readonly settings: PersonalSettings
  readonly jars: CookieJars
  readonly workers: Pick<Workers, 'page' | 'image'>
  readonly images: ImageCache
  /** For our own pages, which are small: on this thread */
  readonly ownPages: PageConverter
  readonly inlineImages: InlineImages
  readonly shortAddresses: ShortAddresses
  readonly keptParts: KeptParts
  readonly trail: RedirectTrail
  readonly fetchSheet: FetchSheet
  readonly search: Search
  readonly portalRules: PortalRules
  readonly secureEnd: SecureEnd
  readonly lastErrors: LastErrors
  readonly news: News
  /** Figures for the operator */
  readonly metrics: () => Promise<string>
  /** This machine's addresses with its port */
  readonly proxyAddresses: readonly string[]
}

/** Fetches from the origin, with conditions of our own instead of the client's; rejects with a Failure. At most once in a visit. */
export type Fetch = (url: URL, cookies: CookieKeeper, conditions?: Conditions) => Promise<OriginResponse>

/** An answer, and what came of the visit for the log. */
export interface Visited extends Answer {
  readonly kind: Kind | 'own' | 'redirect' | 'error'
  readonly originBytes?: number
  /** Of an error */
  readonly failure?: FailureCode
  /** Whom its bytes are counted for (quotaKey) */
  readonly countedFor?: string
}

/** One visit under way: who asks what, and what they chose. */
export interface Visit {
  readonly request: VisitRequest
  /** The query of a page of our own, as it came: bytes as Latin-1, percent-encoded perhaps */
  readonly sentQuery: string
  readonly stages: Stages
  readonly client: Client
  /** Of this machine, and over them those of the address for this one visit */
  readonly choices: Choices
  /** What the address said to us at its end */
  readonly hints: AddressHints
  /** Beginning of the addresses of our own pages, as this client reaches them */
  readonly portal: string
  /** What stands before other addresses for a client without a proxy setting, else nothing */
  readonly gateway: string
}

/** What is asked of an origin, and how it is to be shown. */
export interface Wanted {
  readonly url: URL
  readonly gateway: string
  /** image: on a page of its own, if it is one */
  readonly view: View | 'image'
  readonly size: SizeHint | undefined
  /** The bytes as they are, whatever they are */
  readonly raw: boolean
  /** Of a page that is too long for the client */
  readonly part: PartHint | undefined
  /** Of the news that a person came from to read this */
  readonly edition?: string
}

/** Paths on our own host under which a page of another host is shown in another way. */
export const VIEWS: Readonly<Record<string, View | 'image'>> = { '/read': 'reader', '/menu': 'menu', '/image': 'image' }

/**
 * The address of a view of ours for what stands behind url=, or undefined if what is wanted is no such view. No & stands
 * in it: there are browsers that send &amp; as it is written.
 */
export function viewAddress (portal: string, { view, edition }: Pick<Wanted, 'view' | 'edition'>, address: string): string | undefined {
  const path = Object.keys(VIEWS).find(path => VIEWS[path] === view)
  return path === undefined ? undefined : `${portal}${path}?${edition === undefined ? '' : `edition=${edition};`}url=${address}`
}

/** A query that a form of ours sent is in the charset of its page: from here on it is in that of the site. */
function asTyped (located: Located): Located {
  if (located.kind === 'bad') return located
  const query = transcodeQuery(located.kind === 'own' ? located.query : located.url.search.slice(1))
  if (query === undefined) return located
  if (located.kind === 'own') return { ...located, query }
  const url = new URL(located.url.href)
  url.search = query
  return { ...located, url }
}

function hintsOf (located: Located): AddressHints {
  if (located.kind === 'bad') return {}
  return takeHints(located.kind === 'origin' ? located.url.href : `${located.path}?${located.query}`).hints
}

/** What this machine's person chose, and over it what the address says; of images it takes the place of both parts. */
function choicesFor (kept: Choices, hints: AddressHints, rules: ClientRules): Choices {
  const once = readChoices({ profile: hints.profile, display: hints.display, images: hints.images }, rules)
  if (once.images === undefined) return { ...kept, ...once }
  const { colours, ...others } = kept
  return { ...others, ...once }
}

/** Who asks: identified by what they chose, else by what the settings say, else by what they sent. */
export function beginVisit (request: VisitRequest, stages: Stages): Visit {
  const hints = hintsOf(request.located)
  const choices = choicesFor(stages.settings.of(clientKey(request)), hints, stages.rules)
  const forced = stages.config.profile === '' ? {} : { profile: stages.config.profile }
  const located = asTyped(compatible(request.located, stages.config.answerFor))
  return {
    request: { ...request, located },
    sentQuery: request.located.kind === 'own' ? request.located.query : '',
    stages,
    choices,
    hints,
    client: identify(request.headers, request.simple, stages.rules, { ...forced, ...choices }),
    portal: located.portal,
    gateway: located.kind === 'bad' ? '' : located.gateway
  }
}

/** Text that may be percent-encoded, badly perhaps. */
export function decodeSafely (text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The address that a view names: as it is behind url=, or as a form has encoded it. */
function namedAddress (query: string): URL | undefined {
  const given = /(?:^|[&;])url=(.*)$/s.exec(query)?.[1] ?? ''
  return typedAddress(/^https?%3a/i.test(given) ? decodeSafely(given.replaceAll('+', ' ')) : given)
}

/** The edition of the news that a view was reached from: what stands before the address that it names. */
function editionOf ({ stages: { news } }: Visit, query: string): { edition?: string } {
  const edition = /^edition=([\w-]+)[&;]url=/.exec(query)?.[1] ?? ''
  return news.editions.has(edition) ? { edition } : {}
}

/** The page that is to be viewed: what a short address of ours stands for, else what is named. */
function viewedAddress ({ portal, stages: { config, shortAddresses } }: Visit, query: string): URL | undefined {
  const named = namedAddress(query)
  const key = named === undefined ? undefined : keyInPath(named.pathname)
  if (named === undefined || key === undefined || (named.hostname !== config.name && named.origin !== portal.toLowerCase())) return named
  const long = shortAddresses.find(key)
  if (long === undefined) throw new Failure('SHORT_ADDRESS_GONE', key)
  return typedAddress(long)
}

/**
 * What is to be fetched.
 * @throws Failure when a view names no address, or a short one that is not known.
 */
export function wantedOf (visit: Visit): Wanted {
  const { request: { located }, client, choices, hints } = visit
  const restored = client.profile.ampersand === 'raw' ? restoreReferences : (address: string): string => address
  const part = partIn(hints)
  if (located.kind === 'origin') {
    const { address } = takeHints(restored(located.url.href))
    const raw = hints.view === 'raw'
    const view = hints.view === 'reader' ? 'reader' : hints.view === undefined && choices.first === 'reader' ? 'article' : 'page'
    return { url: new URL(address), gateway: located.gateway, view, size: hints.size, raw, part }
  }
  const url = located.kind === 'own' ? viewedAddress(visit, restored(located.query)) : undefined
  if (url === undefined || located.kind !== 'own') throw new Failure('BAD_REQUEST', 'there is no address in it')
  return { url: new URL(takeHints(url.href).address), gateway: located.gateway, view: VIEWS[located.path] ?? 'page', size: undefined, raw: false, part, ...editionOf(visit, located.query) }
}

/** All that the conversion of a page must know of a visit. */
export function pageJob ({ client, choices, stages: { config }, portal, gateway }: Visit, page: Pick<PageJob, 'bytes' | 'contentType' | 'url' | 'view'>): PageJob {
  return {
    ...page,
    profile: client.profile,
    display: client.display,
    choices: { images: choices.images ?? config.images, originalSource: choices.originalSource ?? config.originalSource },
    portal,
    gateway,
    originBytes: page.bytes.byteLength,
    maxElements: config.maxElements
  }
}
