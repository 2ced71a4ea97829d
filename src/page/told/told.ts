import type { Element } from '../tree/tree.js'
import { hasType, type Fields } from './fields.js'
import { readJsonLd } from './json-ld.js'
import { readMicrodata } from './microdata.js'

/** What a page tells of itself in data: JSON-LD first, then microdata. */
export type Told = readonly Fields[]

export const readTold = ({ data, body }: { readonly data: readonly string[]; readonly body: Element }): Told => [
  ...readJsonLd(data),
  ...readMicrodata(body)
]

export const toldOf = (told: Told, type: RegExp): Fields[] => told.filter(fields => hasType(fields, type))
