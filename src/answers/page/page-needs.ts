import { fileName } from '../../page/read/document-kind.js'
import { documentKind } from '../../page/read/readers.js'
import { showsImages } from '../../page/images/known-sizes.js'
import type { NeedsJob, PageNeeds } from '../../page/needs/page-needs.js'
import { MOST_BYTES } from '../../page/needs/unsized-images.js'
import { askerOf } from '../../request/asker.js'
import { linkedSheets } from './linked-sheets.js'
import { pageChoices } from './page-job.js'
import type { PageServices, PageSettings } from '../../request/services.js'
import type { Fetched } from '../../request/visit-state.js'

/** Images of one page whose sizes are looked up; those further down are seen late. */
const MOST_IMAGES = 200

/** Sizes are needed only for clients that see images; which of them, their profile says. */
function imagesWanted({ visit, plan, response: { url, headers } }: Fetched, config: PageSettings): number {
  const isShown =
    plan.view !== 'menu' && showsImages({ profile: visit.client.profile, choices: pageChoices(visit, config) })
  return isShown && documentKind(headers['content-type'] ?? 'text/html', fileName(url)) === 'html' ? MOST_IMAGES : 0
}

/** Style sheets are only needed for whole pages and their articles: the menu view shows what sheets hide. */
const sheetsWanted = ({ plan }: Fetched, { config }: PageServices): number =>
  plan.view === 'menu' ? 0 : config.maxSheets

/** A page, and how many of the things that it may need are sought in it. */
interface Sought extends Pick<NeedsJob, 'bytes' | 'isWhole' | 'sheets' | 'images'> {
  readonly fetched: Fetched
}

async function seek({ fetched, ...sought }: Sought, { workers }: PageServices): Promise<PageNeeds> {
  const { visit, response } = fetched
  const { profile, display } = visit.client
  if (response.status !== 200 || (sought.sheets === 0 && sought.images === 0)) return { sheets: [], images: [] }
  const job = { ...sought, url: response.url.href, client: { profile, display } }
  return await workers.needs(job, askerOf(visit.request))
}

/** Finds what a page needs fetched before it is converted. */
export async function needsOf(fetched: Fetched, bytes: Buffer, services: PageServices): Promise<PageNeeds> {
  // Copied first: a slice would be passed to the thread together with the whole Buffer that it belongs to.
  const start = bytes.length <= MOST_BYTES ? bytes : Uint8Array.prototype.slice.call(bytes, 0, MOST_BYTES)
  const sought = { fetched, sheets: sheetsWanted(fetched, services), images: imagesWanted(fetched, services.config) }
  return await seek({ ...sought, bytes: start }, services)
}

/**
 * Has the style sheets fetched that the beginning of a page names, while the rest of it is on its way: those that it
 * waits for in the end are here by then, or asked for already (origin/fetchers/sheet-fetcher.ts). Never rejects.
 */
export async function fetchSheetsAhead(fetched: Fetched, beginning: Buffer, services: PageServices): Promise<void> {
  try {
    const sought = { fetched, bytes: beginning, isWhole: false, sheets: sheetsWanted(fetched, services), images: 0 }
    const { sheets } = await seek(sought, services)
    await linkedSheets(fetched, sheets, services)
  } catch {
    // Its client has left, or has too much that waits: the page will say so.
  }
}
