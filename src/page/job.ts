import type { Display, Profile } from '../clients/profile.js'
import type { AddressHints } from './addresses/address-hints.js'
import type { ShortAddress } from './addresses/short-address.js'
import type { SizeHint } from './addresses/size-hint.js'
import type { FetchedSheet } from './css/sheets/fetched-sheets.js'
import type { SiteRule } from './site-rule.js'
import type { PageChoices, View } from './step.js'
import type { WallSigns } from './wall-rules.js'

/** Everything that the conversion of one page needs, as plain data that may cross to another thread. */
export interface PageJob {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly url: string
  /** The address with the name and the password that it was asked for with: relative addresses of the page keep them */
  readonly typedUrl?: string
  /** The address of the page that was asked for, if this is its AMP or print form */
  readonly formOf?: string
  readonly profile: Profile
  readonly display: Display
  readonly choices: PageChoices
  readonly portal: string
  readonly gateway: string
  /**
   * The host that the client has the page from: addresses on it are written as paths where the profile has that; undefined:
   * all are written in full
   */
  readonly host?: string | undefined
  /** The secret of the client, with which its short addresses are made */
  readonly addressSecret?: string
  /** Bytes over the wire from origins for this page, and the number of requests (1 if not given) */
  readonly originBytes: number
  readonly requests?: number
  readonly maxElements: number
  /** Why the end of the page is missing, as a sentence for the reader */
  readonly cut?: string | undefined
  readonly view: View
  /** What is known of the site */
  readonly site?: SiteRule | undefined
  /** What the response says of a wall before the page */
  readonly wallSigns?: WallSigns | undefined
  /** The linked style sheets that were fetched in time */
  readonly sheets?: readonly FetchedSheet[]
  /** The hints of this visit, which its images must carry as well */
  readonly imageHints?: AddressHints
  /** The sizes of images that were found in time, by imageKey() */
  readonly imageSizes?: ReadonlyMap<string, SizeHint>
  /** Where the links back of an article lead, if it was reached from a page of our own */
  readonly back?: { readonly address: string; readonly text: string } | undefined
  /** The HTTP field Refresh of the response */
  readonly refresh?: string | undefined
  /** It is the answer to a form that was sent, and cannot be asked for again */
  readonly posted?: boolean
  /** By what status the site refused to send the page, if it did: 404 Not Found */
  readonly refusal?: string | undefined
  /** How a page beyond the client's budget is cut into parts; undefined: it never is */
  readonly parts?: PartsWanted | undefined
}

export interface PartsWanted {
  /** The address at which the client asks for the page */
  readonly address: string
  /** The number of the part that is asked for, from 1; a number beyond the last means the last */
  readonly number: number
  /** The most bytes of a part, if that is less than the profile takes */
  readonly mostBytes?: number | undefined
}

/** An image that was embedded in the page, and its path on our own host. */
export interface InlineImage {
  readonly path: string
  readonly bytes: Uint8Array
}

export interface PageResult {
  readonly body: Uint8Array
  /** All parts of the page; `body` is one of them */
  readonly bodies: readonly Uint8Array[]
  /** Identifies the page in the addresses of its parts, if it is the answer to a form */
  readonly formKey?: string
  readonly contentType: string
  readonly images: readonly InlineImage[]
  /** The addresses of the first images in `body`, as they are written there, in their order */
  readonly imageAddresses: readonly string[]
  /** The short addresses in the page, with what they stand for */
  readonly addresses: readonly ShortAddress[]
  /** The address that the page redirects to, as the client is to see it */
  readonly redirect?: string
  /** The length of the article that the reader found, 0 if it found none. Characters */
  readonly articleLength?: number
  /** The AMP or print form of the page, which may have more of the article */
  readonly otherForm?: string
  /** The steps that failed and were skipped: name and reason */
  readonly failures: readonly string[]
}
