import { quotaKeyOf } from '../guard/quotas.js'
import type { Asker } from '../workers/pool.js'
import type { VisitRequest } from './visit-state.js'

/** On whose behalf a visit has something converted. */
export const askerOf = (request: VisitRequest): Asker => ({ client: quotaKeyOf(request), signal: request.signal })
