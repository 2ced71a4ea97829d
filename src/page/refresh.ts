import { attribute, elements, headOf, type Document } from './tree.js'

export interface Refresh {
  readonly seconds: number
  /** As it stands in the page; empty: the page itself */
  readonly address: string
}

/** The META refresh of a page (HTML, "shared declarative refresh steps"), or undefined. */
export function refreshOf (document: Document): Refresh | undefined {
  const head = headOf(document)
  const meta = head === undefined ? undefined : elements(head, 'meta').find(meta => /^refresh$/i.test(attribute(meta, 'http-equiv') ?? ''))
  const match = /^\s*(\d+)(?:\.\d*)?\s*(?:[;,\s]\s*(?:url\s*=\s*)?(["']?)(.*?)\2?\s*)?$/is.exec(meta === undefined ? '' : attribute(meta, 'content') ?? '')
  return match === null ? undefined : { seconds: Number(match[1]), address: match[3] ?? '' }
}
