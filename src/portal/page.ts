import type { IncomingHttpHeaders } from 'node:http'
import type { Client } from '../clients/identify.js'
import type { Choices } from '../clients/settings.js'
import type { Asker } from '../workers/pool.js'
import type { Html } from './html.js'

/** A request to a page of our own before anything was made of it. */
export interface AsItCame {
  readonly method: string
  /** 0.9, 1.0 or 1.1 */
  readonly httpVersion: string
  /** HTTP/0.9 */
  readonly simple: boolean
  readonly headers: IncomingHttpHeaders
  /** The query as it came, or the body of a form: bytes as Latin-1; the beginning of a long one */
  readonly sent: () => Promise<string>
}

/** What our own pages know of a request. */
export interface PortalRequest {
  readonly client: Client
  readonly choices: Choices
  readonly query: URLSearchParams
  /** Beginning of the addresses of our own pages: http://retrograde */
  readonly portal: string
  /** What stands before other addresses: nothing, or http://proxy:8080/ */
  readonly gateway: string
  /** Whose settings they are: the user, else the address of the machine */
  readonly clientAddress: string
  /** The name under which what is personal is kept (personKeyOf) */
  readonly personKey: string
  /** The page of a site that the client came from, as it is addressed, if the browser says so */
  readonly from: string | undefined
  /** For whom something is done that takes long, and until when */
  readonly asker: Asker
  readonly arrived: AsItCame
}

/** A page of our own; or something that is not a page, with its type. */
export type PortalAnswer =
  | { readonly page: Html; readonly status?: number | undefined }
  | { readonly type: string; readonly body: string | Buffer }
  | { readonly redirect: string }

/** A page that needs these services, or none. */
export type PortalPage<Services = unknown> = (
  request: PortalRequest,
  services: Services
) => PortalAnswer | Promise<PortalAnswer>
