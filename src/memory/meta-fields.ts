import type { JsonFields } from '../bytes/json-fields.js'

/** What may stand in a header: with anything else the answer could not be sent. */
export const isHeaderText = (found: unknown): boolean => typeof found === 'string' && /^[\x20-\x7E]+$/.test(found)

/** Pixels. */
const isSide = (found: unknown): boolean => typeof found === 'number' && Number.isInteger(found) && found > 0

export const hasSides = ({ width, height }: JsonFields): boolean => isSide(width) && isSide(height)
