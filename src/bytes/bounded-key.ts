import { createHash } from 'node:crypto'

/** Keys up to this length are kept as they are: to hash them would cost more than they take. Characters. */
const PLAIN_CHARACTERS = 200

/**
 * A key of bounded length that stands for a text of any: what addresses and header fields say is as long as strangers
 * want it.
 */
export const boundedKey = (text: string): string =>
  text.length <= PLAIN_CHARACTERS ? text : createHash('sha256').update(text).digest('base64url')
