import type { Readable } from 'node:stream'

/** Ends what nobody reads any more, such as a body; that it fails by that, or has failed, is nobody's matter. */
export const discard = (unread: Readable): void => void unread.on('error', () => {}).destroy()
