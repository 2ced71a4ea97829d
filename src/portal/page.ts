import type { IncomingHttpHeaders } from 'node:http'
import type { Client } from '../clients/identify.js'
import type { Choices, PersonalSettings } from '../clients/settings.js'
import type { ClientRules } from '../clients/rules.js'
import type { News } from '../news/news.js'
import type { CookieJars } from '../origin/cookies/cookie-jars.js'
import type { Found, Wish } from '../search/search.js'
import type { Html } from './html.js'
import type { LastErrors } from '../memory/last-errors.js'
import type { PortalRules } from './portal-rules.js'

/** All that our own pages know of a request and of this proxy. */
export interface PortalRequest {
  readonly client: Client
  /** What the client is taken for if nothing is chosen */
  readonly detected: Client
  readonly choices: Choices
  readonly query: URLSearchParams
  /** Beginning of the addresses of our own pages: http://retrograde */
  readonly portal: string
  /** What stands before other addresses: nothing, or http://proxy:8080/ */
  readonly gateway: string
  /** Addresses of this machine with its port, as they are typed into a browser's proxy settings */
  readonly proxyAddresses: readonly string[]
  /** Whose settings they are: the user, else the address of the machine */
  readonly clientAddress: string
  readonly rules: ClientRules
  readonly settings: PersonalSettings
  readonly jars: CookieJars
  readonly news: News
  /** The name under which what is personal is kept (personKeyOf) */
  readonly personKey: string
  /** Figures in the text format of Prometheus */
  readonly metrics: () => Promise<string>
  /** The page of a site that the client came from, as it is addressed, if the browser says so */
  readonly from: string | undefined
  /** Two or three letters */
  readonly language: string
  readonly method: string
  /** 0.9, 1.0 or 1.1 */
  readonly httpVersion: string
  /** As they came */
  readonly headers: IncomingHttpHeaders
  /** The query as it came, or the body of a form: bytes as Latin-1; the beginning of a long one */
  readonly sent: () => Promise<string>
  /** Of this proxy, as browsers that use it know it */
  readonly name: string
  readonly portalRules: PortalRules
  readonly lastErrors: LastErrors
  /** For the client who asks */
  readonly search: (wish: Omit<Wish, 'client'>) => Promise<Found>
  /** The client has gone away */
  readonly signal: AbortSignal
  /** Who signs for the hosts of https:// addresses, if TLS ends here */
  readonly authority: { readonly certificate: string; readonly der: Buffer } | undefined
}

/** A page of our own; or something that is not a page, with its type. */
export type PortalAnswer =
  | { readonly page: Html; readonly status?: number }
  | { readonly type: string; readonly body: string | Buffer }
  | { readonly redirect: string }

export type PortalPage = (request: PortalRequest) => PortalAnswer | Promise<PortalAnswer>
