import { documentKind, fileName } from '../../page/read/document-kind.js'
import { writesSizes } from '../../page/images/known-sizes.js'
import type { PageNeeds } from '../../page/needs/page-needs.js'
import { MOST_BYTES } from '../../page/needs/unsized-images.js'
import { askerOf } from '../../request/asker.js'
import { pageChoices } from './page-job.js'
import type { OriginResponse } from '../../origin/origin-request.js'
import type { Visit, FetchPlan } from '../../request/visit-state.js'

/** Images of one page that are looked at: those further down are seen late. */
const MOST_IMAGES = 200

/** Sizes are only looked up for clients whose pages are written with them. */
function imagesWanted(
  { client, choices, services }: Visit,
  { view }: FetchPlan,
  { url, headers }: OriginResponse
): number {
  const isShown =
    view !== 'menu' && writesSizes({ profile: client.profile, choices: pageChoices({ choices, services }) })
  return isShown && documentKind(headers['content-type'] ?? 'text/html', fileName(url)) === 'html' ? MOST_IMAGES : 0
}

/**
 * What a page wants fetched before it is converted. Style sheets only for whole pages and their articles: the menu of a
 * page shows what sheets hide.
 */
export async function needsOf(
  visit: Visit,
  plan: FetchPlan,
  response: OriginResponse,
  bytes: Buffer
): Promise<PageNeeds> {
  const {
    request,
    client: { profile, display },
    services: { config, workers }
  } = visit
  const sheets = plan.view === 'menu' ? 0 : config.maxSheets
  const images = imagesWanted(visit, plan, response)
  if (response.status !== 200 || (sheets === 0 && images === 0)) return { sheets: [], images: [] }
  // A piece of a Buffer would be copied with all that it is a piece of.
  const start = bytes.length <= MOST_BYTES ? bytes : Uint8Array.prototype.slice.call(bytes, 0, MOST_BYTES)
  return await workers.needs(
    { bytes: start, url: response.url.href, sheets, images, client: { profile, display } },
    askerOf(request)
  )
}
