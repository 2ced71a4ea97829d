import type { PortalPage } from './page.js'

/** What a proxy says that is well: other programs answer health checks too. */
export const HEALTHY = 'ok\n'

export interface HealthServices {
  /** It ends soon, and is to be sent nobody any more */
  readonly isDraining: () => boolean
}

/** Says that the process answers, for the health checks of containers and balancers. */
export const health: PortalPage<HealthServices> = (_request, { isDraining }) =>
  isDraining() ? { type: 'text/plain', body: 'draining\n', status: 503 } : { type: 'text/plain', body: HEALTHY }
