/** What JSON of a shared store has told: anybody who shares it can write there. */
type Fields = Readonly<Record<string, unknown>>

export const isFields = (found: unknown): found is Fields => typeof found === 'object' && found !== null

/** What may stand in a header: with anything else the answer could not be sent. */
export const isHeaderText = (found: unknown): boolean => typeof found === 'string' && /^[\x20-\x7E]+$/.test(found)

/** Pixels. */
const isSide = (found: unknown): boolean => typeof found === 'number' && Number.isInteger(found) && found > 0

export const hasSides = ({ width, height }: Fields): boolean => isSide(width) && isSide(height)
