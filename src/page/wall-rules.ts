/** A field of a response that says what stands before a site, as a part of its value; of any value, if it is empty. */
export interface WallField {
  readonly name: string
  readonly value: string
  /** It stands in all answers of such a site: it counts only where the site refuses */
  readonly refused?: boolean
}

/** Somebody who stands before the pages of sites, as rules/walls.yaml describes them. Marks are in lower case. */
export interface Wall {
  readonly name: string
  readonly asks: 'proof' | 'consent'
  readonly fields?: readonly WallField[]
  /** Parts of addresses, names of elements and words of programs that stand in such pages and in no others */
  readonly marks?: readonly string[]
  /** The same, which stand in forms of ordinary pages too */
  readonly widgets?: readonly string[]
}

export type WallRules = readonly Wall[]

/** What a response says besides its page. */
export interface WallSigns {
  /** The status is one by which sites refuse */
  readonly refused: boolean
  /** The wall that its fields name */
  readonly named?: string | undefined
}
