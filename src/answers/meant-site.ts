import { decodePercent } from '../bytes/decode-percent.js'
import type { Located } from '../front/locate.js'
import { clientAddress } from '../page/addresses/address.js'
import { addressAmongWords, typedAddress } from '../portal/typed.js'
import { PORTAL_PAGES } from '../portal/pages.js'
import type { WritingServices } from '../request/services.js'
import type { Visit, Visited } from '../request/visit-state.js'
import { redirectTo } from './own-page.js'

/** Files that browsers and programs ask every host for, and that end like a host. */
const FILE = /^\/[^/]*\.(ico|dat|cgi|pac|gz|swf|webmanifest)$/i

/** An address in the place of a query: as it is, or encoded by a form. */
const ADDRESS = /^(?:url=)?(https?(?::|%3a).*)$/is

/** The address that is meant by a path or a query of our own host; undefined if there is none in it. */
export function siteMeant({ path, query }: Extract<Located, { kind: 'portal' }>): URL | undefined {
  const given = path === '/' ? ADDRESS.exec(query)?.[1] : undefined
  if (given !== undefined) return typedAddress(/^https?%3a/i.test(given) ? decodePercent(given) : given)
  if (Object.hasOwn(PORTAL_PAGES, path) || FILE.test(path)) return undefined
  return addressAmongWords(`${path.slice(1)}${query === '' ? '' : `?${query}`}`)
}

/**
 * Some clients without a proxy setting append an address in their own way: /www.site.test/page,
 * /?http://www.site.test/. They are redirected to where that leads; undefined if it leads nowhere.
 */
export function meantSiteAnswer(
  visit: Visit,
  located: Extract<Located, { kind: 'portal' }>,
  writing: WritingServices
): Visited | undefined {
  if (visit.request.method !== 'GET' && visit.request.method !== 'HEAD') return undefined
  const url = siteMeant(located)
  const address = url === undefined ? undefined : clientAddress(url, located)
  return address === undefined ? undefined : redirectTo(visit, { address }, writing)
}
