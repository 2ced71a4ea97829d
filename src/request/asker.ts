import { quotaKeyOf } from '../guard/quotas.js'
import type { Asker } from '../workers/pool.js'
import type { VisitRequest } from './visit-state.js'

/** Whom something is converted for in a visit. */
export const askerOf = (request: VisitRequest): Asker => ({ client: quotaKeyOf(request), signal: request.signal })
