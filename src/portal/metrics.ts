import type { PortalPage } from './page.js'

interface MetricsServices {
  /** Figures in the text format of Prometheus */
  readonly metrics: () => Promise<string>
}

/** Figures for Prometheus; guard/access.ts says who may read them. */
export const metrics: PortalPage<MetricsServices> = async (_request, { metrics }) => ({
  type: 'text/plain; version=0.0.4; charset=utf-8',
  body: await metrics()
})
