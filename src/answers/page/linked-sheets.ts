import type { FetchedSheet } from '../../page/convert.js'
import type { PageServices } from '../../request/services.js'
import type { Fetched } from '../../request/visit-state.js'
import { underTimeLimit } from '../../async/signal.js'

/** The linked style sheets of a page that arrive within the limits of the settings for bytes and time. */
export async function linkedSheets(
  { visit: { request }, response: { attempts, traffic } }: Fetched,
  links: readonly string[],
  { config, fetchSheet }: PageServices
): Promise<FetchedSheet[]> {
  if (links.length === 0) return []
  const found = await underTimeLimit(request.signal, config.sheetTimeoutMilliseconds, signal =>
    Promise.all(
      links.map(async link => ({ link, sheet: await fetchSheet(new URL(link), signal, { attempts, traffic }) }))
    )
  )
  const sheets: FetchedSheet[] = []
  let left = config.maxSheetBytes
  for (const { link, sheet } of found) {
    if (sheet === undefined || sheet.bytes.length > left) continue
    left -= sheet.bytes.length
    sheets.push({ url: link, contentType: sheet.contentType, bytes: sheet.bytes })
  }
  return sheets
}
