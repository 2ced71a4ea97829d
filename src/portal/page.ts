import type { Client } from '../clients/identify.js'
import type { Choices, PersonalSettings } from '../clients/settings.js'
import type { ClientRules } from '../clients/rules.js'
import type { CookieJars } from '../origin/cookie-jars.js'
import type { Html } from './html.js'

/** All that our own pages know of a request and of this proxy. */
export interface PortalRequest {
  readonly client: Client
  /** What the client is taken for if nothing is chosen */
  readonly seen: Client
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
  /** The name under which what is personal is kept (clientKey) */
  readonly person: string
  /** Figures in the text format of Prometheus */
  readonly metrics: () => Promise<string>
  /** The page of a site that the client came from, as it is addressed, if the browser says so */
  readonly from: string | undefined
}

/** A page of our own; or something that is not a page, with its type. */
export type PortalAnswer = { readonly page: Html, readonly status?: number } | { readonly type: string, readonly body: string } | { readonly redirect: string }

export type PortalPage = (request: PortalRequest) => PortalAnswer | Promise<PortalAnswer>
