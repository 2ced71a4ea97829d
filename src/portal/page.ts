import type { Soon } from '../async/soon.js'
import type { IncomingHttpHeaders } from 'node:http'
import type { Client } from '../clients/identify.js'
import type { Choices } from '../clients/settings.js'
import type { Asker } from '../workers/pool.js'
import type { Html } from './html.js'

/** A request to one of our own pages, as it arrived. */
export interface AsItCame {
  readonly method: string
  /** 0.9, 1.0 or 1.1 */
  readonly httpVersion: string
  /** HTTP/0.9 */
  readonly simple: boolean
  readonly headers: IncomingHttpHeaders
  /** The query as it came, or the beginning of the body of a form: bytes as Latin-1 */
  readonly sent: () => Promise<string>
}

/** What our own pages know about a request. */
export interface PortalRequest {
  readonly client: Client
  readonly choices: Choices
  readonly query: URLSearchParams
  /** The beginning of the addresses of our own pages: http://retrograde */
  readonly portal: string
  /** What precedes other addresses: nothing, or http://proxy:8080/ */
  readonly gateway: string
  /** Whose settings they are: the user, else the address of the machine */
  readonly clientAddress: string
  /** The key for everything personal (personKeyOf) */
  readonly personKey: string
  /** The page of a site that the client came from, with the address as the client sees it, if the browser says so */
  readonly from: string | undefined
  /** On whose behalf longer work is done, and until when */
  readonly asker: Asker
  readonly arrived: AsItCame
}

/** A page of our own, or something else with its content type. */
export type PortalAnswer =
  | {
      readonly page: Html
      readonly status?: number | undefined
      /** The same object is given again: what is made of it can be found by it */
      readonly isKept?: boolean | undefined
    }
  | { readonly type: string; readonly body: string | Buffer; readonly status?: number }
  | { readonly redirect: string }

/** A page, with the services that it needs. */
export type PortalPage<Services = unknown> = (request: PortalRequest, services: Services) => Soon<PortalAnswer>
