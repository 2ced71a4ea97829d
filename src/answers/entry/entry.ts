import type { Soon } from '../../async/soon.js'
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

/** The answer for somebody who may not use this proxy. */
function refusedEntry(request: VisitRequest, error: unknown, { clients, writing }: EntryServices): Entry {
  const refusal = asFailure(error)
  const visit = refusedVisit(request, refusal, clients)
  return { request, refused: { ...failureAnswer({ visit }, refusal, writing), quotaKey: quotaKeyOf(request) } }
}

/** The answer for a client that has had enough. */
function overQuota(request: VisitRequest, error: unknown, { clients, writing }: EntryServices): Entry {
  const visit = beginVisit(request, clients)
  return { request, refused: { ...failureAnswer({ visit }, asFailure(error), writing), quotaKey: quotaKeyOf(request) } }
}

/** The entry of a client of whom something has been asked: whether it has had enough, what is stored of it. */
async function askedEntry(
  request: VisitRequest,
  { begun, brought }: { readonly [what in 'begun' | 'brought']: Promise<void> | undefined },
  services: EntryServices
): Promise<Entry> {
  try {
    await begun
    await brought
    return { request }
  } catch (error) {
    await brought
    return overQuota(request, error, services)
  }
}

/** Counts the visit of somebody who may use this proxy; at once, unless a store or a limiter is to be asked. */
function countedEntry(request: VisitRequest, services: EntryServices): Soon<Entry> {
  const { guard, clients } = services
  const { located, signal } = request
  if (UNCOUNTED.includes(portalPathOf(located) ?? '')) return { request }
  // Asked in the same moment as the quotas are, and so in the same exchange with the store.
  const brought = clients.bring?.(storedFor(request))
  try {
    const begun = guard.quotas.begin(quotaKeyOf(request), signal, isPortalPage(located))
    if (begun === undefined && brought === undefined) return { request }
    return askedEntry(request, { begun, brought }, services)
  } catch (error) {
    if (brought === undefined) return overQuota(request, error, services)
    return brought.then(() => overQuota(request, error, services))
  }
}

function entryOf(request: VisitRequest, services: EntryServices): Soon<Entry> {
  const { clientAddress, headers, asProxy, located } = request
  try {
    const user = services.guard.access.enter({ clientAddress, headers, asProxy, portalPath: portalPathOf(located) })
    if (user === undefined) return countedEntry(request, services)
    return user.then(
      user => countedEntry({ ...request, user }, services),
      (error: unknown) => refusedEntry(request, error, services)
    )
  } catch (error) {
    return refusedEntry(request, error, services)
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

/** The answer after something that is not foreseen. */
const failedEntry = (arrived: Arrived, located: Located, error: unknown): Entry => ({
  request: understood(arrived, located),
  refused: plainFailureAnswer(asFailure(error), located.portal, arrived.id)
})

function locatedEntry(arrived: Arrived, unlocated: Located, services: EntryServices): Soon<Entry> {
  let located = unlocated
  try {
    located = locate(arrived.target, arrived.headers.host, services.addresses.names())
    const entry = entryOf(understood(arrived, located), services)
    return entry instanceof Promise ? entry.catch((error: unknown) => failedEntry(arrived, located, error)) : entry
  } catch (error) {
    return failedEntry(arrived, located, error)
  }
}

/**
 * Decides whether there may be a visit, before anything else is done for a request: most requests of a flood end here.
 * At once, unless a password is to be checked, or a store or a limiter to be asked. Never throws or rejects.
 */
export function enterVisit(arrived: Arrived, services: EntryServices): Soon<Entry> {
  const { config, bring } = services.clients
  const unlocated: Located = { kind: 'bad', code: 'INTERNAL', portal: `http://${config.name}` }
  if (bring === undefined) return locatedEntry(arrived, unlocated, services)
  const { target, headers } = arrived
  return bringShortAddresses(target, headers.referer, services).then(
    () => locatedEntry(arrived, unlocated, services),
    (error: unknown) => failedEntry(arrived, unlocated, error)
  )
}
