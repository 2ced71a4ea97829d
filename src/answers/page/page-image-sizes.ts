import { untilAborted } from '../../async/until-aborted.js'
import { quotaKeyOf } from '../../guard/quotas.js'
import { jarKeeper, NO_COOKIES, type CookieKeeper } from '../../origin/cookies/cookie-keeper.js'
import { siteOf } from '../../origin/cookies/site-cookies.js'
import type { ImageAsker } from '../../origin/fetchers/start-fetcher.js'
import type { UnsizedImage } from '../../page/needs/page-needs.js'
import type { SizeHint } from '../../page/addresses/size-hint.js'
import type { AskedImage } from '../../memory/image-sizes.js'
import { cookiesTo } from '../image/kept-image.js'
import { cookieMode } from '../../request/personal.js'
import type { ImageServices, OriginServices, Services } from '../../request/services.js'
import type { Asked, Fetched, Visit } from '../../request/visit-state.js'

/** Images of one page that are asked for at the same time. */
const AT_ONCE = 8

/** An image, and its name in what is found. */
interface PageImage extends AskedImage {
  readonly key: string
}

/** Remembers how large an image is that was converted, for whoever would ask for it with the same cookies. */
export function learnSize({ visit, plan: { url }, cookies }: Asked, size: SizeHint, { sizes }: ImageServices): void {
  sizes.learn({ url, personKey: cookiesTo(url, cookies) === '' ? '' : visit.personKey }, size)
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
function askerFor({ visit, response: { url: page, attempts } }: Fetched, { jars }: OriginServices): PageAsker {
  const { request, personKey } = visit
  const site = siteOf(page)
  const jar =
    cookieMode(visit) === 'jar' && jars.has(personKey, page)
      ? jarKeeper(jars, personKey, { keep: false, context: 'strict' })
      : undefined
  const jarFor = (url: URL): CookieKeeper | undefined => (siteOf(url) === site ? jar : undefined)
  return {
    client: quotaKeyOf(request),
    referer: page.href,
    language: request.headers['accept-language'],
    attempts,
    cookies: url => jarFor(url) ?? NO_COOKIES,
    personKey: url => (jarFor(url) === undefined ? '' : personKey)
  }
}

/** Images whose sizes are asked for on behalf of a page, and where those are put that were found. */
interface Probe {
  readonly images: readonly PageImage[]
  readonly asker: ImageAsker
  readonly found: Map<string, SizeHint>
}

/** Asks for those that nobody knows, some at a time, until the signal; puts them to the others. */
async function probeAll({ request }: Visit, { images, asker, found }: Probe, services: ImageServices): Promise<void> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(services.config.probeTimeoutMilliseconds)])
  const left = images.values()
  const ask = async (): Promise<void> => {
    for (const image of left) {
      if (signal.aborted) return
      const size = await untilAborted(services.sizes.probe(image, asker), signal)
      if (size !== undefined) found.set(image.key, size)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, ask))
}

/**
 * How large the files of a page's images are, by imageKey(): of those whose size the page does not say. What nobody
 * knows is looked up at the start of the files, within the settings' number and time.
 */
export async function imageSizes(
  fetched: Fetched,
  unsized: readonly UnsizedImage[],
  { images: services, origin }: Pick<Services, 'images' | 'origin'>
): Promise<ReadonlyMap<string, SizeHint>> {
  const found = new Map<string, SizeHint>()
  const images: PageImage[] = []
  const asker = askerFor(fetched, origin)
  for (const { key, url, sized } of unsized) {
    const image = { key, url: new URL(url) }
    const asked = { ...image, personKey: asker.personKey(image.url) }
    const size = services.sizes.known(asked)
    if (size !== undefined) found.set(key, size)
    // Only as many are looked at as are asked for.
    else if (!sized && images.length < services.config.maxProbes && services.sizes.isHopeful(asked)) images.push(asked)
  }
  if (images.length > 0) await probeAll(fetched.visit, { images, asker, found }, services)
  return found
}
