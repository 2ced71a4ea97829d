import { decodePercent } from '../bytes/decode-percent.js'
import { Failure } from '../failures.js'
import { passwordOf } from '../origin/headers/password.js'
import { takeHints } from '../page/addresses/address-hints.js'
import type { View } from '../page/step.js'
import { partIn } from '../page/addresses/part-address.js'
import { restoreReferences } from '../page/addresses/raw-ampersand.js'
import { keyInPath } from '../page/addresses/short-address.js'
import { typedAddress } from '../portal/typed.js'
import type { AddressServices } from './services.js'
import type { Visit, FetchPlan } from './visit-state.js'

/** Paths on our own host under which a page of another host is shown in another way. */
export const VIEWS: Readonly<Record<string, View | 'image'>> = {
  '/read': 'reader',
  '/comments': 'comments',
  '/menu': 'menu',
  '/image': 'image'
}

/**
 * The address of a view for the address behind url=, or undefined if there is no such view. It contains no &, because
 * some browsers send &amp; as it is written.
 */
export function viewAddress(
  portal: string,
  { view, edition }: Pick<FetchPlan, 'view' | 'edition'>,
  address: string
): string | undefined {
  const path = Object.keys(VIEWS).find(path => VIEWS[path] === view)
  return path === undefined
    ? undefined
    : `${portal}${path}?${edition === undefined ? '' : `edition=${edition.id};`}url=${address}`
}

/** The address that a view names: written plainly behind url=, or encoded by a form. */
function namedAddress(query: string): URL | undefined {
  const given = /(?:^|[&;])url=(.*)$/s.exec(query)?.[1] ?? ''
  return typedAddress(/^https?%3a/i.test(given) ? decodePercent(given.replaceAll('+', ' ')) : given)
}

/** The edition of the news that a view was reached from, which stands before the address. */
const editionOf = ({ editions }: AddressServices, query: string): FetchPlan['edition'] =>
  editions.get(/^edition=([\w-]+)[&;]url=/.exec(query)?.[1] ?? '')

/**
 * The page to be viewed: the long address behind a short one of ours, else the address itself.
 * @throws Failure when a short address is unknown.
 */
export function viewedAddress(
  { portal }: Visit,
  query: string,
  { names, shortAddresses }: AddressServices
): URL | undefined {
  const named = namedAddress(query)
  const key = named === undefined ? undefined : keyInPath(named.pathname)
  if (
    named === undefined ||
    key === undefined ||
    (named.hostname !== names().name && named.origin !== portal.toLowerCase())
  )
    return named
  const long = shortAddresses.find(key)
  if (long === undefined) throw new Failure('SHORT_ADDRESS_GONE', key)
  return typedAddress(long)
}

/**
 * The rule of the site, unless the address says that it is to be left out; the rule may ask for the article view first.
 */
function asSite(
  { request: { method, located }, hints }: Visit,
  plan: FetchPlan,
  { sites }: AddressServices
): FetchPlan {
  const site = hints.site === 'off' ? undefined : sites.find(plan.url)
  if (site === undefined) return plan
  const opens =
    site.readerFirst === true &&
    plan.view === 'page' &&
    hints.view === undefined &&
    method === 'GET' &&
    located.kind === 'origin'
  return { ...plan, site, view: opens ? 'article' : plan.view }
}

/**
 * Plans what is fetched.
 * @throws Failure when a view names no address, or an unknown short one.
 */
export const planFetch = (visit: Visit, addresses: AddressServices): FetchPlan =>
  asSite(visit, overtaken(visit, withoutPassword(namedBy(visit, addresses)), addresses), addresses)

/** The name and the password of an address go to its site as a field, and nowhere else. */
function withoutPassword(plan: FetchPlan): FetchPlan {
  const authorization = passwordOf(plan.url)
  if (authorization === undefined) return plan
  const url = new URL(plan.url.href)
  const { username, password } = url
  url.username = url.password = ''
  return { ...plan, url, authorization, userinfo: { username, password } }
}

/**
 * The other face of a site at once, for a client of HTTP/0.9: it follows no redirect, and has no address to be wrong
 * about, because all links of its pages are absolute.
 */
function overtaken({ request, hints }: Visit, plan: FetchPlan, { sites }: AddressServices): FetchPlan {
  // A name and a password are for the host that they were typed for.
  const isOther = plan.raw || plan.view === 'image' || plan.authorization !== undefined
  if (!request.simple || hints.site === 'off' || isOther) return plan
  const url = sites.alternateSite(plan.url)
  return url === undefined ? plan : { ...plan, url }
}

function namedBy(visit: Visit, addresses: AddressServices): FetchPlan {
  const {
    request: { located },
    client,
    choices,
    hints
  } = visit
  const restored = client.profile.ampersand === 'raw' ? restoreReferences : (address: string): string => address
  const part = partIn(hints)
  if (located.kind === 'origin') {
    const { url } = located
    const { href } = url
    const { address } = takeHints(restored(href))
    const raw = hints.view === 'raw'
    const view =
      hints.view === 'reader' ? 'reader' : hints.view === undefined && choices.first === 'reader' ? 'article' : 'page'
    const bare = address === href ? url : new URL(address)
    return { url: bare, gateway: located.gateway, view, size: hints.size, raw, part }
  }
  const url = located.kind === 'portal' ? viewedAddress(visit, restored(located.query), addresses) : undefined
  if (url === undefined || located.kind !== 'portal') throw new Failure('BAD_REQUEST', 'there is no address in it')
  return {
    url: new URL(takeHints(url.href).address),
    gateway: located.gateway,
    view: VIEWS[located.path] ?? 'page',
    size: undefined,
    raw: false,
    part,
    edition: editionOf(addresses, located.query)
  }
}
