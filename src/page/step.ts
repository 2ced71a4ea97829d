import type { Display, Profile } from '../clients/profile.js'
import type { SiteRule } from './site-rule.js'
import type { Announced } from './tree/announced.js'
import type { ShortAddress } from './addresses/short-address.js'
import type { Sheet } from './tree/sheets.js'
import type { AddressHints } from './addresses/address-hints.js'
import type { SizeHint } from './addresses/size-hint.js'
import type { Document, Element } from './tree/tree.js'

/** What a step hands out instead of doing it: stored by the stage, under an address of our own. */
export interface Outbox {
  /**
   * Hands out bytes of an image that came inside the page; returns the path at which it will be found on our own host.
   */
  addImage(bytes: Buffer): string
  /** Hands out an address that is too long for the client, and the short one that it is written as. */
  addAddress(short: ShortAddress): void
}

/** What a person chose about pages. */
export interface PageChoices {
  readonly images: 'inline' | 'links' | 'off'
  readonly originalSource: 'bottom' | 'top' | 'off'
  /**
   * What the Original source line says besides; off if not given: the feeds of the page, its copy in the Internet
   * Archive, bytes and requests
   */
  readonly feedLinks?: 'on' | 'off'
  readonly archiveLink?: 'on' | 'off'
  readonly figures?: 'on' | 'off'
}

/** All that a step may know besides the tree. */
export interface PageContext {
  /** Where the page came from, as fetched */
  readonly url: URL
  /** Of the page of which this is another form that the reader shows instead */
  readonly formOf?: URL
  /** What its relative addresses are relative to */
  readonly base: URL
  readonly profile: Profile
  readonly display: Display
  readonly choices: PageChoices
  /** Beginning of the addresses of our own pages, without a slash at its end: http://retrograde */
  readonly portal: string
  /**
   * What stands before the addresses of other pages: nothing, or http://proxy:8080/ for a client without a proxy
   * setting
   */
  readonly gateway: string
  /** Of the client: its short addresses are made with it */
  readonly addressSecret?: string
  /** What the page was encoded in, by its name in the Encoding Standard: queries of its links are encoded so */
  readonly charset: string
  /** Text with what the client's charset lacks spelled out: as wide as it will be */
  fold(text: string): string
  /** Bytes that came from origins for the page, and the requests for them */
  readonly originBytes: number
  readonly requests: number
  /** Stands for the size of what is sent (and in how many parts), until that is known */
  readonly sentMark: string
  readonly outbox: Outbox
  /** What this visit alone was asked with, so that its images come in the same way */
  readonly imageHints?: AddressHints
  /** What is known of the site that the page is of */
  readonly site?: SiteRule | undefined
  /** How large the files of images are, by imageKey(), as far as it was found out */
  readonly imageSizes?: ReadonlyMap<string, SizeHint>
  /** Where the reader came from, if not from the page itself: a page of our own, in words after "Back to" */
  readonly back?: { readonly address: string; readonly text: string } | undefined
}

/** A page on its way through the steps. */
export interface Page {
  readonly document: Document
  readonly body: Element
  /** Names of all elements that were parsed: a step that looks for others has nothing to do */
  readonly names: Set<string>
  /** Elements outside the head that no browser shows */
  readonly unseen: readonly Element[]
  /**
   * Elements that an attribute of their own may hide, outer ones first; then those that a style sheet hides, and those
   * of steps that parse
   */
  readonly suspects: Element[]
  /** Style sheets in their order, as far as they are known */
  readonly sheets: readonly Sheet[]
  /** Its JSON-LD, as it stands */
  readonly data: readonly string[]
  /** Feeds and other forms of itself that it announces */
  readonly announced: readonly Announced[]
  /** Made by the step for titles */
  title: string
  /** It is old HTML that the client can take as it stands: only links, images and charset are adapted */
  readonly untouched: boolean
  /** Addresses of content images that are not shown in their place, in order */
  readonly images: string[]
  /** Of an article that is shown alone: where its Original source line stands, empty until all images are known */
  sourceLine?: Element
  /** Where an article was looked for: characters of what was found */
  articleLength?: number
}

/** A pure change to the tree; running it twice changes nothing more. */
export interface Step {
  readonly name: string
  run(page: Page, context: PageContext): void
}
