import { asBuffer } from '../../../bytes/as-buffer.js'
import { decodeSheet } from '../../../charset/decode.js'
import type { Sheet } from '../../tree/sheets.js'

/** A style sheet as its origin sent it. */
export interface FetchedSheet {
  readonly url: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

function textOf({ bytes, contentType }: FetchedSheet): string {
  return decodeSheet(asBuffer(bytes), contentType)
}

/** Gives those linked sheets of a page that were fetched their text. */
export function withFetched(sheets: readonly Sheet[], fetched: readonly FetchedSheet[], base: URL): Sheet[] {
  const byUrl = new Map(fetched.map(sheet => [sheet.url, sheet]))
  return sheets.map(sheet => {
    if (sheet.href === undefined || !URL.canParse(sheet.href, base.href)) return sheet
    const found = byUrl.get(new URL(sheet.href, base.href).href)
    return found === undefined ? sheet : { ...sheet, text: textOf(found) }
  })
}
