/** As it goes on; without a type if nothing was to be changed. */
export interface RewrittenForm {
  readonly blocks: readonly Uint8Array[]
  readonly contentType?: string
}
