import type { PortalPage } from './page.js'

/** Says that the process answers, for the health check of the container. */
export const health: PortalPage = () => ({ type: 'text/plain', body: 'ok\n' })
