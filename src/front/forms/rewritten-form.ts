import type { ButtonTarget } from '../../charset/form-mark.js'

/** A form as it goes on to its site; without a content type if nothing was changed. */
export interface RewrittenForm {
  readonly blocks: readonly Uint8Array[]
  readonly contentType?: string
  /** Where its button sends it, if not to where the form goes */
  readonly to?: ButtonTarget | undefined
}
