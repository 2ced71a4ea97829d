import type { PortalPage } from './page.js'

/** Figures for Prometheus; guard/access.ts says who may read them. */
export const metrics: PortalPage = async ({ metrics }) => ({
  type: 'text/plain; version=0.0.4; charset=utf-8',
  body: await metrics()
})
