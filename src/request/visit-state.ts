import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from '../front/answer.js'
import type { Client } from '../clients/identify.js'
import type { Choices } from '../clients/settings.js'
import type { Kind } from '../decide/decide.js'
import type { FailureCode } from '../failures.js'
import type { Located, HostContext } from '../front/locate.js'
import type { OriginRequest, OriginResponse } from '../origin/origin-request.js'
import type { CookieKeeper } from '../origin/cookies/cookie-keeper.js'
import type { AddressHints } from '../page/addresses/address-hints.js'
import type { View } from '../page/step.js'
import type { PartHint } from '../page/addresses/part-address.js'
import type { SizeHint } from '../page/addresses/size-hint.js'
import type { SiteRule } from '../page/site-rule.js'
import type { Edition } from '../news/editions.js'

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

/** Asks the origin in the client's name, with the body of its request; rejects with a Failure. At most once in a visit. */
export type Fetch = (request: OriginRequest) => Promise<OriginResponse>

/** An answer, and what came of the visit for the log. */
export interface Visited extends Answer {
  readonly kind: Kind | 'portal' | 'redirect' | 'error'
  readonly originBytes?: number | undefined
  /** Of an error */
  readonly failure?: FailureCode | undefined
  /** What this program has stumbled over, for the operator */
  readonly fault?: string | undefined
  /** Whom its bytes are counted for (guard/quotas.ts) */
  readonly quotaKey?: string | undefined
}

/** One visit under way: who asks what, and what they chose. */
export interface Visit {
  readonly request: VisitRequest
  /** Under which all that is personal is kept (personKeyOf) */
  readonly personKey: string
  /** The query of a page of our own, as it came: bytes as Latin-1, percent-encoded perhaps */
  readonly sentQuery: string
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
  /** What the client says as a password for a server is one for us, as it does not know that we are its proxy */
  readonly passwordIsOurs: boolean
}

/** Of a visit, what the conversion of a page depends on. */
export type Viewer = Pick<Visit, 'client' | 'choices' | 'portal' | 'gateway'> & {
  /**
   * Whose short addresses they are (personKeyOf); nobody's if it is not given: who is told that its bytes are no request
   */
  readonly personKey?: string
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
  readonly site?: SiteRule | undefined
  /** Of the news that a person came from to read this */
  readonly edition?: Pick<Edition, 'id' | 'name'> | undefined
}

/** A visit that an origin is asked for. */
export interface Asked {
  readonly visit: Visit
  readonly plan: FetchPlan
  readonly cookies: CookieKeeper
}

/** One that the origin has answered. */
export interface Fetched extends Asked {
  readonly response: OriginResponse
}
