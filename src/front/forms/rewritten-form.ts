/** A form as it goes on to its site; without a content type if nothing was changed. */
export interface RewrittenForm {
  readonly blocks: readonly Uint8Array[]
  readonly contentType?: string
}
