import type { Display, Profile } from '../clients/profile.js'
import type { AddressHints } from './addresses/address-hints.js'
import type { ShortAddress } from './addresses/short-address.js'
import type { SizeHint } from './addresses/size-hint.js'
import type { FetchedSheet } from './css/fetched-sheets.js'
import type { SiteRule } from './site-rule.js'
import type { Page, PageChoices } from './step.js'

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
  readonly cut?: string
  readonly view: View
  /** What is known of the site */
  readonly site?: SiteRule
  /** Linked style sheets that came in time */
  readonly sheets?: readonly FetchedSheet[]
  /** What this visit alone was asked with, for the addresses of its images */
  readonly imageHints?: AddressHints
  /** How large the files of its images are, by imageKey(), as far as it was found out in time */
  readonly imageSizes?: ReadonlyMap<string, SizeHint>
  /** Where an article leads back to, if it was reached from a page of our own */
  readonly back?: { readonly address: string; readonly text: string }
  /** The HTTP field Refresh of the response */
  readonly refresh?: string
  /** A page that is longer than the client's budget is cut into parts; undefined: it never is */
  readonly parts?: PartsWanted
}

export interface PartsWanted {
  /** Of the page, as the client asks for it */
  readonly address: string
  /** The one that is asked for, from 1; beyond the last means the last */
  readonly number: number
  /** The page is the answer to a form: it cannot be asked for again */
  readonly posted: boolean
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
