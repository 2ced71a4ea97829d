/** One line of a block list. */
export interface BlockRule {
  readonly hosts: readonly string[]
  /** Beginning of the path; without it the whole host is blocked */
  readonly path?: string
  /** Shown to the person */
  readonly reason?: string
}
