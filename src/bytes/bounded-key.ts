import { createHash } from 'node:crypto'

/** Shorter keys are kept unchanged: hashing them would cost more than their memory. Characters. */
const PLAIN_CHARACTERS = 200

/** A key of bounded length for a text of any length: strangers choose how long addresses and header fields are. */
export const boundedKey = (text: string): string =>
  text.length <= PLAIN_CHARACTERS ? text : createHash('sha256').update(text).digest('base64url')
