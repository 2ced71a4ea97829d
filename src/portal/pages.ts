import { go } from './go.js'
import { health } from './health.js'
import { home } from './home.js'
import { metrics } from './metrics.js'
import type { PortalPage } from './page.js'
import { proxyPac } from './proxy-pac.js'
import { settings } from './settings.js'

/** THE LIST: our own pages by their path. */
export const PORTAL_PAGES: Readonly<Record<string, PortalPage>> = {
  '/': home,
  '/go': go,
  '/settings': settings,
  '/proxy.pac': proxyPac,
  '/healthz': health,
  '/metrics': metrics
}
