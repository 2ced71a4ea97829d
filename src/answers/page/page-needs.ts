import { fileName } from '../../page/read/document-kind.js'
import { documentKind } from '../../page/read/readers.js'
import { showsImages } from '../../page/images/known-sizes.js'
import type { PageNeeds } from '../../page/needs/page-needs.js'
import { MOST_BYTES } from '../../page/needs/unsized-images.js'
import { askerOf } from '../../request/asker.js'
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

/**
 * Finds what a page needs fetched before it is converted. Style sheets are only needed for whole pages and their
 * articles: the menu view shows what sheets hide.
 */
export async function needsOf(fetched: Fetched, bytes: Buffer, { config, workers }: PageServices): Promise<PageNeeds> {
  const { visit, plan, response } = fetched
  const { profile, display } = visit.client
  const sheets = plan.view === 'menu' ? 0 : config.maxSheets
  const images = imagesWanted(fetched, config)
  if (response.status !== 200 || (sheets === 0 && images === 0)) return { sheets: [], images: [] }
  // Copied first: a slice would be passed to the thread together with the whole Buffer that it belongs to.
  const start = bytes.length <= MOST_BYTES ? bytes : Uint8Array.prototype.slice.call(bytes, 0, MOST_BYTES)
  return await workers.needs(
    { bytes: start, url: response.url.href, sheets, images, client: { profile, display } },
    askerOf(visit.request)
  )
}
