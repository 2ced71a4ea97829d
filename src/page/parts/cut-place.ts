import type { Profile } from '../../clients/profile.js'
import type { LongForm, OpenElement } from '../write/open-element.js'

/** A place at which the written page may be cut. */
export interface Place {
  /** Where the part before it ends and where the one after it begins: a space or BR between them is left out */
  readonly end: number
  readonly start: number
  /** Bytes up to here */
  readonly cost: number
  /** Links up to here */
  readonly links: number
  readonly open: OpenElement | undefined
  /** The number of the next item, if the innermost element is a list */
  readonly next: number
  /** 0 is the best; 1 is as bad as a part of no length */
  readonly penalty: number
}

/** A piece that some parts have in another form. */
export interface Edit {
  readonly from: number
  readonly to: number
  /**
   * A text that replaces it in every part; or, depending on the part, a link to a place in the page or the start of a
   * long form
   */
  readonly as:
    { readonly text: string } | { readonly name: string; readonly inPre: boolean } | { readonly form: LongForm }
}

export interface Places {
  readonly places: readonly Place[]
  readonly edits: readonly Edit[]
  /** The places that links lead to, by name */
  readonly names: ReadonlyMap<string, number>
  /** All bytes */
  readonly cost: number
  /** All links */
  readonly links: number
}

export interface PlacesOptions {
  /** No part is too long: places within texts are not wanted */
  readonly fits: boolean
  readonly profile: Profile
  /** The bytes of a text as it is sent */
  bytes(text: string): number
  /** The bytes that a part may hold of the written page */
  readonly room: number
  /** The bytes by which a link within the page grows if it leads to another part */
  readonly linkGrowth: number
}
