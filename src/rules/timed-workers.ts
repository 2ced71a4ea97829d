import type { Metrics } from '../watch/metrics.js'
import type { Workers } from '../workers/pool.js'

/** What workers do for visits. */
export type Work = Pick<Workers, 'ready' | 'page' | 'needs' | 'image' | 'stories' | 'results' | 'form'>

/** The workers of the rules in use, which change when the rules are read again; their time is measured. */
export const timedWorkers = (current: () => Workers, time: Metrics['time']): Work => ({
  ready: () => current().ready(),
  page: (job, asker) => time('page', current().page(job, asker)),
  needs: (job, asker) => time('needs', current().needs(job, asker)),
  image: (bytes, options, asker) => time('image', current().image(bytes, options, asker)),
  stories: (job, asker) => time('feed', current().stories(job, asker)),
  results: (job, asker) => time('results', current().results(job, asker)),
  form: (job, asker) => time('form', current().form(job, asker))
})
