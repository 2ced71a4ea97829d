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
import type { Asked, Fetched } from '../../request/visit-state.js'
import { underTimeLimit, type Signal } from '../../async/signal.js'

/** Images of one page that are requested at the same time. */
const AT_ONCE = 8

/** The address of an image, and its key among the sizes that are found. */
interface PageImage extends AskedImage {
  readonly key: string
}

/** Remembers the size of a converted image for all who would request it with the same cookies. */
export function learnSize({ visit, plan: { url }, cookies }: Asked, size: SizeHint, { sizes }: ImageServices): void {
  sizes.learn({ url, personKey: cookiesTo(url, cookies) === '' ? '' : visit.personKey }, size)
}

/** On whose behalf the images of a page are requested. */
interface PageAsker extends ImageAsker {
  /** Whose size it is: that client's alone, if its cookies may have been sent with the request */
  personKey(url: URL): string
}

/**
 * The cookies that may be sent to the address of an image. As in cookiesFor() for the client's own requests, only the
 * page's own site gets any. Cookies that the browser keeps were sent for the page; those for the image may differ.
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

/** Images whose sizes are to be found on behalf of a page, and the sizes found so far. */
interface Probe {
  readonly images: readonly PageImage[]
  readonly asker: ImageAsker
  readonly found: Map<string, SizeHint>
  readonly sizes: ImageServices['sizes']
}

/** Requests the unknown sizes, a few at a time, until the signal aborts, and adds them to the others. */
async function probeAll({ images, asker, found, sizes }: Probe, signal: Signal): Promise<void> {
  const left = images.values()
  const ask = async (): Promise<void> => {
    for (const image of left) {
      if (signal.aborted) return
      const size = await untilAborted(sizes.probe(image, asker), signal)
      if (size !== undefined) found.set(image.key, size)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, ask))
}

/**
 * The sizes of a page's images, by imageKey(), as far as the page does not give them. Unknown ones are read from the
 * beginning of each file, within the limits of the settings for number and time.
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
  if (images.length > 0) {
    const { sizes, config } = services
    await underTimeLimit(fetched.visit.request.signal, config.probeTimeoutMilliseconds, signal =>
      probeAll({ images, asker, found, sizes }, signal)
    )
  }
  return found
}
