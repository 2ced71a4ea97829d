/** The input of a reader. */
export interface Source {
  readonly text: string
  /** The media type without parameters, in lower case */
  readonly type: string
  /** The last segment of its address, decoded: the title of a document that has none */
  readonly name: string
  /** The columns of PRE */
  readonly columns: number
}
