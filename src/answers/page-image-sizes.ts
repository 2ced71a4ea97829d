import { before } from '../before.js'
import { clientKey } from '../clients/client-key.js'
import { jarKeeper, NO_COOKIES, type CookieKeeper } from '../origin/cookie-keeper.js'
import { siteOf } from '../origin/site-cookies.js'
import type { ImageAsker } from '../origin/start-fetcher.js'
import { documentKind, fileName } from '../page/document-kind.js'
import { imageKey, writesSizes } from '../page/known-sizes.js'
import { sizeInAddress } from '../page/size-in-address.js'
import type { SizeHint } from '../page/size-hint.js'
import { unsizedImages } from '../page/unsized-images.js'
import { cookiesFor } from './cookies.js'
import type { AskedImage } from './image-sizes.js'
import { cookiesTo } from './kept-image.js'
import { pageChoices } from './page-job.js'
import { cookieMode } from './personal.js'
import type { OriginResponse, Visit, Wanted } from './visit-state.js'

/** Images of one page that are asked for at the same time. */
const AT_ONCE = 8
/** Images of one page that are looked at: for each, cookies are looked up on the main thread, up to a millisecond. */
const MOST_IMAGES = 200

/** Whose an image is that is asked for with these cookies. */
const whoseIs = ({ request }: Visit, url: URL, cookies: CookieKeeper): string => cookiesTo(url, cookies) === '' ? '' : clientKey(request)

/** Remembers how large an image is that was converted. */
export function learnSize (visit: Visit, wanted: Wanted, size: SizeHint): void {
  const { url } = wanted
  visit.stages.imageSizes.learn({ url, whose: whoseIs(visit, url, cookiesFor(visit, wanted)) }, size)
}

/**
 * What may be said to an address that an image of the page comes from, as cookiesFor() has it for the client's own
 * request: only to the page's own site. Cookies that the client keeps are those for the page: the image may have others.
 */
function askerFor (visit: Visit, { url: page, attempts }: OriginResponse): ImageAsker {
  const { request, stages } = visit
  const isJar = cookieMode(visit) === 'jar'
  const jar = jarKeeper(stages.jars, clientKey(request), { keep: false, context: 'strict' })
  return {
    referer: page.href,
    language: request.headers['accept-language'],
    attempts,
    cookies: url => isJar && siteOf(url) === siteOf(page) ? jar : NO_COOKIES
  }
}

/** Asks for those that nobody knows, some at a time, until the signal; puts them to the others. */
async function probeAll (visit: Visit, images: readonly AskedImage[], asker: ImageAsker, sizes: Map<string, SizeHint>): Promise<void> {
  const { request, stages: { config, imageSizes } } = visit
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(config.probeTimeoutMilliseconds)])
  const left = images.values()
  const ask = async (): Promise<void> => {
    for (const image of left) {
      if (signal.aborted) return
      const size = await before(signal, imageSizes.probe(image, asker))
      if (size !== undefined) sizes.set(imageKey(image.url), size)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, ask))
}

/**
 * How large the files of a page's images are, by imageKey(): of those whose size the page does not say. What nobody
 * knows is looked up at the start of the files, within the settings' number and time. Empty for clients whose pages are
 * written without sizes.
 */
export async function imageSizes (visit: Visit, { view }: Wanted, response: OriginResponse, bytes: Buffer): Promise<ReadonlyMap<string, SizeHint>> {
  const { client, stages } = visit
  const { status, url, headers } = response
  const sizes = new Map<string, SizeHint>()
  const isShown = status === 200 && view !== 'menu' && writesSizes({ profile: client.profile, choices: pageChoices(visit) })
  if (!isShown || documentKind(headers['content-type'] ?? 'text/html', fileName(url)) !== 'html') return sizes
  const asker = askerFor(visit, response)
  const images = [...unsizedImages(bytes, url, client).values()].slice(0, MOST_IMAGES).map(url => ({ url, whose: whoseIs(visit, url, asker.cookies(url)) }))
  for (const image of images) {
    const size = stages.imageSizes.known(image)
    if (size !== undefined) sizes.set(imageKey(image.url), size)
  }
  const isUnknown = (image: AskedImage): boolean => !sizes.has(imageKey(image.url)) && sizeInAddress(image.url) === undefined && stages.imageSizes.isHopeful(image)
  const unknown: AskedImage[] = []
  for (const image of images) {
    // Only as many are looked at as are asked for.
    if (unknown.length >= stages.config.maxProbes) break
    if (isUnknown(image)) unknown.push(image)
  }
  if (unknown.length > 0) await probeAll(visit, unknown, asker, sizes)
  return sizes
}
