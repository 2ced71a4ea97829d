import { authorityBytes, authorityPage, authorityText } from './authority.js'
import { chooseEdition, compressedImage, newsIndex } from './compatible.js'
import { go } from './go.js'
import { health } from './health.js'
import { home } from './home.js'
import { metrics } from './metrics.js'
import { editions, news } from './news.js'
import type { PortalPage, PortalRequest } from './page.js'
import { proxyPac } from './proxy-pac.js'
import { search } from './search.js'
import { settings } from './settings.js'
import { setup } from './setup.js'
import { testImagePages, whatArrives } from './what-arrives.js'

/** THE LIST: our own pages by their path. */
const PAGES = {
  '/': home,
  '/go': go,
  '/news': news,
  '/editions': editions,
  '/settings': settings,
  '/search': search,
  '/setup': setup,
  '/test': whatArrives,
  ...testImagePages,
  '/index.php': newsIndex,
  '/choose_edition.php': chooseEdition,
  '/image_compressed.php': compressedImage,
  '/image.php': compressedImage,
  '/proxy.pac': proxyPac,
  '/wpad.dat': proxyPac,
  '/wpad.da': proxyPac, // Internet Explorer 5.0 forgets the last letter
  '/ca': authorityPage,
  '/ca.crt': authorityBytes,
  '/ca.pem': authorityText,
  '/healthz': health,
  '/metrics': metrics
} satisfies Readonly<Record<string, PortalPage<never>>>

/** The services of all our own pages together: each page names those that it uses. */
export type PortalServices = (typeof PAGES)[keyof typeof PAGES] extends (
  request: PortalRequest,
  services: infer Needed
) => unknown
  ? Needed
  : never

/** THE LIST, as functions of a request and the services. */
export const PORTAL_PAGES: Readonly<Record<string, PortalPage<PortalServices>>> = PAGES
