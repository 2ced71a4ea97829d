import type { Profile } from '../../clients/profile.js'
import type { LongForm, OpenElement } from '../write/open-element.js'

/** A place where what was written may be cut. */
export interface Place {
  /** Here the part before ends, and here the one after begins: a space or BR between them is left out */
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

/** A piece that is written in another way in some parts. */
export interface Edit {
  readonly from: number
  readonly to: number
  /**
   * Instead of it in every part; or, by the part it is in, a link to a place in the page or the start of a long form
   */
  readonly as:
    { readonly text: string } | { readonly name: string; readonly inPre: boolean } | { readonly form: LongForm }
}

export interface Places {
  readonly places: readonly Place[]
  readonly edits: readonly Edit[]
  /** Where the places that links lead to are, by name */
  readonly names: ReadonlyMap<string, number>
  /** Bytes of all */
  readonly cost: number
  /** Links of all */
  readonly links: number
}

export interface PlacesOptions {
  readonly profile: Profile
  /** Bytes of text as it is sent */
  bytes(text: string): number
  /** Bytes that a part has for what was written */
  readonly room: number
  /** Bytes by which a link within the page grows when it leads to another part */
  readonly linkGrowth: number
}
