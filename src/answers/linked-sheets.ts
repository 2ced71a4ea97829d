import type { FetchedSheet } from '../page/convert.js'
import { sheetLinks } from '../page/sheet-links.js'
import type { OriginResponse, Visit, Wanted } from './visit-state.js'

/**
 * The linked style sheets of a page, as far as they come within the settings' number, bytes and time. Only for whole
 * pages and their articles: the menu of a page shows what sheets hide.
 */
export async function linkedSheets ({ request, stages: { config, fetchSheet } }: Visit, { view }: Wanted, { status, url, attempts, tally }: OriginResponse, bytes: Buffer): Promise<FetchedSheet[]> {
  if (config.maxSheets === 0 || status !== 200 || view === 'menu') return []
  const links = sheetLinks(bytes, url).slice(0, config.maxSheets)
  if (links.length === 0) return []
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(config.sheetTimeoutMilliseconds)])
  const found = await Promise.all(links.map(async link => ({ link, sheet: await fetchSheet(new URL(link), signal, attempts, tally) })))
  const sheets: FetchedSheet[] = []
  let left = config.maxSheetBytes
  for (const { link, sheet } of found) {
    if (sheet === undefined || sheet.bytes.length > left) continue
    left -= sheet.bytes.length
    sheets.push({ url: link, contentType: sheet.contentType, bytes: sheet.bytes })
  }
  return sheets
}
