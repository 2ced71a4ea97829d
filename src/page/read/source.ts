/** A document as a reader gets it. */
export interface Source {
  readonly text: string
  /** Bare type in lower case */
  readonly type: string
  /** Last part of its address, decoded; its title, if it has no other */
  readonly name: string
  /** Characters in a line of PRE */
  readonly columns: number
}
