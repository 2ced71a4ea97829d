import type { IncomingHttpHeaders } from 'node:http'
import type { Answer, WholeAnswer } from '../front/answer.js'
import type { Client } from '../clients/identify.js'
import type { ClientRules } from '../clients/rules.js'
import type { Choices, PersonalSettings } from '../clients/settings.js'
import type { Config } from '../config/config.js'
import type { Kind } from '../decide/decide.js'
import type { Failure, FailureCode } from '../failures.js'
import type { Located, HostContext } from '../front/locate.js'
import type { Access } from '../guard/access.js'
import type { Loops } from '../guard/loops.js'
import type { Quotas } from '../guard/quotas.js'
import type { News } from '../news/news.js'
import type { OriginResponse } from '../origin/origin-request.js'
import type { CookieJars } from '../origin/cookies/cookie-jars.js'
import type { CookieKeeper } from '../origin/cookies/cookie-keeper.js'
import type { Conditions } from '../origin/headers/freshness.js'
import type { FetchPage } from '../origin/fetchers/page-fetcher.js'
import type { RedirectHistory } from '../memory/redirect-history.js'
import type { MemoryBudget } from '../guard/memory-budget.js'
import type { FetchSheet } from '../origin/fetchers/sheet-fetcher.js'
import type { AddressHints } from '../page/addresses/address-hints.js'
import type { PageConverter, View } from '../page/convert.js'
import type { PartHint } from '../page/addresses/part-address.js'
import type { SizeHint } from '../page/addresses/size-hint.js'
import type { InlineImages } from '../memory/inline-images.js'
import type { KeptParts } from '../memory/kept-parts.js'
import type { LastErrors } from '../memory/last-errors.js'
import type { PortalRules } from '../portal/portal-rules.js'
import type { Search } from '../search/search.js'
import type { Sites } from '../sites/match.js'
import type { SiteRule } from '../page/site-rule.js'
import type { ShortAddresses } from './short-addresses.js'
import type { SecureEnd } from '../tls/secure-end.js'
import type { Workers } from '../workers/pool.js'
import type { ImageCache } from '../memory/image-cache.js'
import type { ImageSizes } from '../memory/image-sizes.js'

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
  /** Who said the right password, if one is needed; enterVisit() finds out */
  readonly user?: string | undefined
  readonly located: Located
  /** 0.9, 1.0 or 1.1 */
  readonly httpVersion: string
  readonly signal: AbortSignal
  /** The body, as far as it comes within so many bytes; empty if there is none. Never rejects. */
  readonly readBody: (maxBytes: number) => Promise<Buffer>
}

/**
 * Pages of failures on which no address stands. They are made once, so that whoever is sent away by the thousand costs
 * nothing.
 */
export interface ErrorPages {
  /** @throws Error when a page cannot be made */
  of(viewer: Pick<Visit, 'client' | 'portal' | 'services'>, failure: Failure, id: string): WholeAnswer
}

/** What a visit needs and what lasts longer than it, made once at the start. */
export interface Services {
  readonly config: Config
  readonly access: Access
  readonly quotas: Quotas
  readonly loops: Loops
  readonly rules: ClientRules
  readonly sites: Sites
  readonly settings: PersonalSettings
  readonly jars: CookieJars
  readonly workers: Pick<Workers, 'page' | 'needs' | 'image' | 'form'>
  readonly images: ImageCache
  readonly imageSizes: ImageSizes
  /** For our own pages, which are small: on this thread */
  readonly portalPages: PageConverter
  readonly errorPages: ErrorPages
  readonly inlineImages: InlineImages
  readonly shortAddresses: ShortAddresses
  readonly keptParts: KeptParts
  readonly redirectHistory: RedirectHistory
  readonly memoryBudget: MemoryBudget
  readonly fetchSheet: FetchSheet
  /** Other forms of pages, for the reader */
  readonly fetchPage: FetchPage
  readonly search: Search
  readonly portalRules: PortalRules
  readonly secureEnd: SecureEnd
  readonly lastErrors: LastErrors
  readonly news: News
  /** Figures for the operator */
  readonly metrics: () => Promise<string>
  /** Whether a host is this proxy, by any of its names and addresses */
  readonly isOwnHost: (hostname: string) => boolean
  /** This machine's addresses with its port */
  readonly proxyAddresses: readonly string[]
}

/**
 * Fetches from the origin for a client (quotaKeyOf()), with conditions of our own instead of the client's, and the name
 * of another browser perhaps; rejects with a Failure. At most once in a visit.
 */
export type Fetch = (
  client: string,
  url: URL,
  cookies: CookieKeeper,
  conditions?: Conditions,
  userAgent?: string
) => Promise<OriginResponse>

/** An answer, and what came of the visit for the log. */
export interface Visited extends Answer {
  readonly kind: Kind | 'portal' | 'redirect' | 'error'
  readonly originBytes?: number
  /** Of an error */
  readonly failure?: FailureCode
  /** What this program has stumbled over, for the operator */
  readonly fault?: string | undefined
  /** Whom its bytes are counted for (guard/quotas.ts) */
  readonly quotaKey?: string
}

/** One visit under way: who asks what, and what they chose. */
export interface Visit {
  readonly request: VisitRequest
  /** Under which all that is personal is kept (personKeyOf) */
  readonly personKey: string
  /** The query of a page of our own, as it came: bytes as Latin-1, percent-encoded perhaps */
  readonly sentQuery: string
  readonly services: Services
  readonly client: Client
  /** Of this machine, and over them those of the address for this one visit */
  readonly choices: Choices
  /** What the address said to us at its end */
  readonly hints: AddressHints
  /** Beginning of the addresses of our own pages, as this client reaches them */
  readonly portal: string
  /** What stands before other addresses for a client without a proxy setting, else nothing */
  readonly gateway: string
  /** Which host the browser believes it is talking to */
  readonly hostContext: HostContext
}

/** What will be fetched from the origin, and how it will be shown. */
export interface FetchPlan {
  readonly url: URL
  readonly gateway: string
  /** image: on a page of its own, if it is one */
  readonly view: View | 'image'
  readonly size: SizeHint | undefined
  /** The bytes as they are, whatever they are */
  readonly raw: boolean
  /** Of a page that is too long for the client */
  readonly part: PartHint | undefined
  /** What is known of the site */
  readonly site?: SiteRule
  /** Of the news that a person came from to read this */
  readonly edition?: string
}
