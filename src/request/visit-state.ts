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
import type { Signal } from '../async/signal.js'

/** The request of an old browser, as the front understood it. */
export interface VisitRequest {
  /** Its number in the log and on error pages */
  readonly id: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
  /** HTTP/0.9 */
  readonly simple: boolean
  readonly clientAddress: string
  /** The client knows that we are its proxy: it understands 407, and sends our password in Proxy-Authorization */
  readonly asProxy: boolean
  /** The user whose password was right, if one is needed; enterVisit() finds out */
  readonly user?: string | undefined
  readonly located: Located
  /** 0.9, 1.0 or 1.1 */
  readonly httpVersion: string
  readonly signal: Signal
  /** A form that its client could only send by GET; then the method is POST, which its site wants */
  readonly form?: Buffer | undefined
  /** Reads the body, up to so many bytes; empty if there is none. Never rejects. */
  readonly readBody: (maxBytes: number) => Promise<Buffer>
}

/**
 * Asks the origin on behalf of the client, with the body of its request; rejects with a Failure. At most once in a
 * visit.
 */
export type Fetch = (request: OriginRequest) => Promise<OriginResponse>

/** An answer, and what the log is told about it. */
export interface Visited extends Answer {
  /** left: the client had gone before there was an answer */
  readonly kind: Kind | 'portal' | 'redirect' | 'error' | 'left'
  readonly originBytes?: number | undefined
  /** The images in a page, as its client will ask for them, in their order */
  readonly images?: readonly string[] | undefined
  /** The code of a failure */
  readonly failure?: FailureCode | undefined
  /** An error of this program, for the operator */
  readonly fault?: string | undefined
  /** What the client was taken for */
  readonly profile?: string | undefined
  /** Whom its bytes are counted for (guard/quotas.ts) */
  readonly quotaKey?: string | undefined
}

/** One visit: who requests what, and what they chose. */
export interface Visit {
  readonly request: VisitRequest
  /** The key for everything personal (personKeyOf) */
  readonly personKey: string
  /** The query of one of our own pages, as it came: bytes as Latin-1, possibly percent-encoded */
  readonly sentQuery: string
  readonly client: Client
  /** The choices for this machine, overridden by those in the address for this visit */
  readonly choices: Choices
  /** The hints at the end of the address */
  readonly hints: AddressHints
  /** The beginning of the addresses of our own pages, as this client reaches them */
  readonly portal: string
  /** What precedes other addresses for a client without a proxy setting; else empty */
  readonly gateway: string
  /** Which host the browser believes it is talking to */
  readonly hostContext: HostContext
  /** A password that the client sends as to a server is meant for us, because it does not know that we are its proxy */
  readonly passwordIsOurs: boolean
}

/** The part of a visit that the conversion of a page depends on. */
export type Viewer = Pick<Visit, 'client' | 'choices' | 'portal' | 'gateway'> & {
  /**
   * Whose short addresses they are (personKeyOf); nobody's if not given, for the answer to bytes that are not a request
   */
  readonly personKey?: string
}

/** A name and a password in an address. */
export type Userinfo = Pick<URL, 'username' | 'password'>

/** What is fetched from the origin, and how it is shown. */
export interface FetchPlan {
  /** Without the name and the password that may have stood in it */
  readonly url: URL
  /** Authorization by that name and password */
  readonly authorization?: string | undefined
  /** They themselves, as they stood in it */
  readonly userinfo?: Userinfo | undefined
  readonly gateway: string
  /** image: on a page of its own, if it is an image */
  readonly view: View | 'image'
  readonly size: SizeHint | undefined
  /** The raw bytes, whatever they are */
  readonly raw: boolean
  /** Which part of a page that is too long for the client */
  readonly part: PartHint | undefined
  /** The rule for the site */
  readonly site?: SiteRule | undefined
  /** The edition of the news from which a person came to read this */
  readonly edition?: Pick<Edition, 'id' | 'name'> | undefined
}

/** A visit for which an origin is asked. */
export interface Asked {
  readonly visit: Visit
  readonly plan: FetchPlan
  readonly cookies: CookieKeeper
}

/** A visit that its origin has answered. */
export interface Fetched extends Asked {
  readonly response: OriginResponse
}
