import type { WholeAnswer } from '../../front/answer.js'
import { locate, type Located } from '../../front/locate.js'
import { quotaKeyOf } from '../../guard/quotas.js'
import { asFailure } from '../../origin/connect/failure.js'
import { beginVisit } from '../../request/begin-visit.js'
import { VIEWS } from '../../request/fetch-plan.js'
import type { Services } from '../../request/services.js'
import type { VisitRequest, Visited } from '../../request/visit-state.js'
import type { Arrived } from './arrived.js'
import { failureAnswer } from '../failure.js'
import { plainFailureAnswer } from '../plain-failure.js'
import { refusedVisit } from './refused-visit.js'
import { bringShortAddresses, storedFor } from './stored-for.js'

/** A request as it was understood, and its answer if the client may not have a visit. */
export interface Entry {
  readonly request: VisitRequest
  readonly refused?: Visited & WholeAnswer
}

/** What is needed to decide who may have a visit, and to answer all others. */
type EntryServices = Pick<Services, 'guard' | 'clients' | 'addresses' | 'writing'>

/** Paths for the operator's programs, whose requests are not counted, and of whom nothing is kept. */
const UNCOUNTED = ['/healthz', '/metrics']

/** Whether the answer needs no site. */
const isPortalPage = (located: Located): boolean => located.kind === 'portal' && VIEWS[located.path] === undefined

const portalPathOf = (located: Located): string | undefined => (located.kind === 'portal' ? located.path : undefined)

async function entryOf(request: VisitRequest, { guard, clients, writing }: EntryServices): Promise<Entry> {
  const { clientAddress, headers, asProxy, located, signal } = request
  const portalPath = portalPathOf(located)
  let known = request
  try {
    const user = guard.access.enter({ clientAddress, headers, asProxy, portalPath })
    if (user !== undefined) known = { ...request, user: await user }
  } catch (error) {
    const refusal = asFailure(error)
    const visit = refusedVisit(request, refusal, clients)
    return { request, refused: { ...failureAnswer({ visit }, refusal, writing), quotaKey: quotaKeyOf(request) } }
  }
  const quotaKey = quotaKeyOf(known)
  if (UNCOUNTED.includes(portalPath ?? '')) return { request: known }
  // Asked in the same moment as the quotas are, and so in the same exchange with the store.
  const brought = clients.bring?.(storedFor(known))
  try {
    const begun = guard.quotas.begin(quotaKey, signal, isPortalPage(located))
    if (begun !== undefined) await begun
    if (brought !== undefined) await brought
    return { request: known }
  } catch (error) {
    if (brought !== undefined) await brought
    const visit = beginVisit(known, clients)
    return { request: known, refused: { ...failureAnswer({ visit }, asFailure(error), writing), quotaKey } }
  }
}

/** Field by field: to copy what is left of an object without one of them takes ten times as long. */
const understood = (arrived: Arrived, located: Located): VisitRequest => ({
  id: arrived.id,
  method: arrived.method,
  headers: arrived.headers,
  simple: arrived.simple,
  clientAddress: arrived.clientAddress,
  asProxy: arrived.asProxy,
  user: undefined,
  located,
  httpVersion: arrived.httpVersion,
  signal: arrived.signal,
  readBody: arrived.readBody
})

/**
 * Decides whether there may be a visit, before anything else is done for a request: most requests of a flood end here.
 * Never rejects.
 */
export async function enterVisit(arrived: Arrived, services: EntryServices): Promise<Entry> {
  const { target, headers, id } = arrived
  const { config, bring } = services.clients
  let located: Located = { kind: 'bad', code: 'INTERNAL', portal: `http://${config.name}` }
  try {
    if (bring !== undefined) await bringShortAddresses(target, headers.referer, services)
    located = locate(target, headers.host, services.addresses.names())
    return await entryOf(understood(arrived, located), services)
  } catch (error) {
    return { request: understood(arrived, located), refused: plainFailureAnswer(asFailure(error), located.portal, id) }
  }
}
