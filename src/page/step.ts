import type { Display, Profile } from '../clients/profile.js'
import type { Content } from './content/content.js'
import type { PageKnowledge } from './knowledge.js'
import type { SiteRule } from './site-rule.js'
import type { Announced } from './tree/announced.js'
import type { WallSigns } from './wall-rules.js'
import type { ShortAddress } from './addresses/short-address.js'
import type { Script } from './tree/scripts.js'
import type { Sheet } from './tree/sheets.js'
import type { AddressHints } from './addresses/address-hints.js'
import type { SizeHint } from './addresses/size-hint.js'
import type { Document, Element, Node } from './tree/tree.js'

export const VIEWS = ['page', 'reader', 'article', 'comments', 'menu', 'portal'] as const

/**
 * How a page is shown: `page` is all of it, `reader` its article alone, `article` the article alone if it has one,
 * `comments` what was written about it, `menu` its menus alone, `portal` a page of our own, for which nothing is
 * guessed or added.
 */
export type View = (typeof VIEWS)[number]

/** Where steps put what must be stored outside of the page: a step does no I/O itself. */
export interface Outbox {
  /** Stores an image that was embedded in the page; returns the address on our own host at which it will be found. */
  addImage(bytes: Buffer): string
  /** Stores an address that is too long for the client, with the short one that stands for it. */
  addAddress(short: ShortAddress): void
}

/** What a person has chosen for pages. */
export interface PageChoices {
  readonly images: 'inline' | 'links' | 'off'
  readonly originalSource: 'bottom' | 'top' | 'off'
  /**
   * What else the Original source line names, nothing if not given: the feeds of the page, its copy in the Internet
   * Archive, its bytes and requests
   */
  readonly feedLinks?: 'on' | 'off'
  readonly archiveLink?: 'on' | 'off'
  readonly figures?: 'on' | 'off'
  /** Of images: so many, photographs as JPEG, or as they were sent; nothing if not chosen */
  readonly colours?: 'mono' | '16' | '256' | 'jpeg' | 'sent'
}

/** Everything that a step may know besides the tree. */
export interface PageContext extends Omit<PageKnowledge, 'fallbacks'> {
  /** The address that the page was fetched from */
  readonly url: URL
  /** The address of the page that was asked for, if this is its AMP or print form, which the reader shows instead */
  readonly formOf?: URL
  /** The base of its relative addresses */
  readonly base: URL
  readonly profile: Profile
  readonly display: Display
  readonly choices: PageChoices
  /** The beginning of the addresses of our own pages, without a slash at its end: http://retrograde */
  readonly portal: string
  /** The prefix of the addresses of other pages: empty, or http://proxy:8080/ for a client without a proxy setting */
  readonly gateway: string
  /** The secret of the client, with which its short addresses are made */
  readonly addressSecret?: string
  /** The encoding of the page, by its name in the Encoding Standard: the queries of its links are encoded in it too */
  readonly charset: string
  /** Replaces the characters that the client's charset lacks: the result is as wide as what will be sent */
  fold(text: string): string
  /** Bytes over the wire from origins for this page, and the number of requests */
  readonly originBytes: number
  readonly requests: number
  /** The placeholder for the size of the answer and its number of parts, which are not known until it is written */
  readonly sentMark: string
  readonly outbox: Outbox
  /** The hints of this visit, which its images must carry as well */
  readonly imageHints?: AddressHints
  /** The most bytes of a part of the page, where the screen says them */
  readonly parts?: { readonly mostBytes?: number | undefined } | undefined
  /** The page is the answer to a form that was sent */
  readonly posted?: boolean
  /** By what status the site refused to send the page, if it did: 404 Not Found */
  readonly refusal?: string | undefined
  /** The rule of the site */
  readonly site?: SiteRule | undefined
  /** What the response says of such a page */
  readonly wallSigns?: WallSigns | undefined
  /** The sizes of images that were found in time, by imageKey() */
  readonly imageSizes?: ReadonlyMap<string, SizeHint>
  /** Where the links back of an article lead if not to the whole page; `text` follows the words "Back to" */
  readonly back?: { readonly address: string; readonly text: string } | undefined
}

/**
 * Why a page is not what a browser of today shows: it is a shell that scripts fill (`found`: with what was in it as
 * data), or it asks for a proof that no robot asks, or for consent to being watched, or there is nothing on it.
 */
export type Lack =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'shell'; readonly found: boolean }
  | { readonly kind: 'challenge'; readonly by: string }
  | { readonly kind: 'consent'; readonly by: string }

/** Links around pictures, with what their author called them: later steps take the pictures away. */
export type Pictured = ReadonlyMap<Element, { readonly called: string; readonly file: string }>

/** What stands behind the content of a page: comments, related pages, menus, its foot. */
export interface Rest {
  /** Its texts, images, fields and lines */
  readonly nodes: ReadonlySet<Node>
  /** What it holds, in a few words */
  readonly told: string
}

/** The line with the source of a page, as it stands in the tree and as further parts of the page have it. */
export interface SourceLine {
  readonly place: 'top' | 'bottom'
  /** Where it begins at the bottom, what stands behind it at the top; undefined: it is within the page */
  readonly edge: Node | undefined
  /** The same without what need not be said twice */
  readonly further: Element
}

/** A page on its way through the steps. */
export interface Page {
  readonly document: Document
  readonly body: Element
  /** The names of all elements that were parsed: a step for others has nothing to do */
  readonly names: Set<string>
  /** Elements outside of the head that no browser shows */
  readonly unseen: readonly Element[]
  /**
   * Elements that may be hidden: by an attribute (outer ones first), then those that steps add, by a style sheet or by
   * what they parse
   */
  readonly suspects: Element[]
  /** The style sheets in their order; those that were not fetched have no text */
  readonly sheets: readonly Sheet[]
  /** The text of its JSON-LD scripts */
  readonly data: readonly string[]
  /** Its other scripts, in order */
  readonly scripts: readonly Script[]
  /** Feeds and other forms of itself that it announces */
  readonly announced: readonly Announced[]
  /** Set by the step take-title */
  title: string
  /** The page is old HTML that the client can show: only links, images and charset are adapted */
  readonly untouched: boolean
  /** The addresses of content images that are not shown in their place, in order */
  readonly images: string[]
  /** Its frames, for a client that has them: what is in its body stands in their NOFRAMES */
  frames?: Element | undefined
  /** Links that showed a picture alone, before any of those went */
  pictured?: Pictured
  /** Why there is not more of it, if that was found */
  lack?: Lack | undefined
  /** What it is about, once that was found */
  content?: Content
  /** What stands behind that, if it is to be a part of its own */
  rest?: Rest | undefined
  /** The Original source line, once it is there */
  line?: SourceLine
  /**
   * The element for the Original source line of an article that is shown alone; it is filled when all images are known
   */
  sourceLine?: Element
  /** The length of the article that was found, if one was looked for. Characters */
  articleLength?: number
}

/** A pure change to the tree; running it twice changes nothing more. */
export interface Step {
  readonly name: string
  run(page: Page, context: PageContext): void
}
