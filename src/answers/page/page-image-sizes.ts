import { untilAborted } from '../../async/until-aborted.js'
import { quotaKeyOf } from '../../guard/quotas.js'
import { jarKeeper, NO_COOKIES, type CookieKeeper } from '../../origin/cookies/cookie-keeper.js'
import { siteOf } from '../../origin/cookies/site-cookies.js'
import type { ImageAsker } from '../../origin/fetchers/start-fetcher.js'
import type { UnsizedImage } from '../../page/needs/page-needs.js'
import type { SizeHint } from '../../page/addresses/size-hint.js'
import { cookiesFor } from '../../request/cookies.js'
import type { AskedImage } from '../../memory/image-sizes.js'
import { cookiesTo } from '../image/kept-image.js'
import { cookieMode } from '../../request/personal.js'
import type { OriginResponse } from '../../origin/origin-request.js'
import type { Visit, FetchPlan } from '../../request/visit-state.js'

/** Images of one page that are asked for at the same time. */
const AT_ONCE = 8

/** An image, and its name in what is found. */
interface PageImage extends AskedImage {
  readonly key: string
}

/** Whose an image is that is asked for with these cookies. */
const personKeyFor = ({ personKey }: Visit, url: URL, cookies: CookieKeeper): string =>
  cookiesTo(url, cookies) === '' ? '' : personKey

/** Remembers how large an image is that was converted. */
export function learnSize(visit: Visit, plan: FetchPlan, size: SizeHint): void {
  const { url } = plan
  visit.services.imageSizes.learn({ url, personKey: personKeyFor(visit, url, cookiesFor(visit, plan)) }, size)
}

/** Who asks for an image of a page. */
interface PageAsker extends ImageAsker {
  /** Whose an image is: the client's, if anything is kept for its site that may have gone with the question */
  personKey(url: URL): string
}

/**
 * What may be said to an address that an image of the page comes from, as cookiesFor() has it for the client's own
 * request: only to the page's own site. Cookies that the client keeps are those for the page: the image may have
 * others.
 */
function askerFor(visit: Visit, { url: page, attempts }: OriginResponse): PageAsker {
  const { request, services, personKey } = visit
  const site = siteOf(page)
  const jar =
    cookieMode(visit) === 'jar' && services.jars.has(personKey, page)
      ? jarKeeper(services.jars, personKey, { keep: false, context: 'strict' })
      : undefined
  const isPersonal = (url: URL): boolean => jar !== undefined && siteOf(url) === site
  return {
    client: quotaKeyOf(request),
    referer: page.href,
    language: request.headers['accept-language'],
    attempts,
    cookies: url => (isPersonal(url) ? jar! : NO_COOKIES),
    personKey: url => (isPersonal(url) ? personKey : '')
  }
}

/** Asks for those that nobody knows, some at a time, until the signal; puts them to the others. */
async function probeAll(
  visit: Visit,
  images: readonly PageImage[],
  asker: ImageAsker,
  sizes: Map<string, SizeHint>
): Promise<void> {
  const {
    request,
    services: { config, imageSizes }
  } = visit
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(config.probeTimeoutMilliseconds)])
  const left = images.values()
  const ask = async (): Promise<void> => {
    for (const image of left) {
      if (signal.aborted) return
      const size = await untilAborted(imageSizes.probe(image, asker), signal)
      if (size !== undefined) sizes.set(image.key, size)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, ask))
}

/**
 * How large the files of a page's images are, by imageKey(): of those whose size the page does not say. What nobody
 * knows is looked up at the start of the files, within the settings' number and time.
 */
export async function imageSizes(
  visit: Visit,
  response: OriginResponse,
  unsized: readonly UnsizedImage[]
): Promise<ReadonlyMap<string, SizeHint>> {
  const { services } = visit
  const sizes = new Map<string, SizeHint>()
  const unknown: PageImage[] = []
  const asker = askerFor(visit, response)
  for (const { key, url, sized } of unsized) {
    const image = { key, url: new URL(url) }
    const asked = { ...image, personKey: asker.personKey(image.url) }
    const size = services.imageSizes.known(asked)
    if (size !== undefined) sizes.set(key, size)
    // Only as many are looked at as are asked for.
    else if (!sized && unknown.length < services.config.maxProbes && services.imageSizes.isHopeful(asked))
      unknown.push(asked)
  }
  if (unknown.length > 0) await probeAll(visit, unknown, asker, sizes)
  return sizes
}
