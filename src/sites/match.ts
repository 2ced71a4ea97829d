import { fillPath, matchPath, readPathPattern, weightOf, type PathPattern } from './path-pattern.js'
import type { SiteRule } from '../page/site-rule.js'

/** The rules of all sites. */
export interface Sites {
  /** How many sites have rules */
  readonly size: number
  /** The rule for an address: that of the longest domain, then of the longest path. */
  find(url: URL): SiteRule | undefined
  /** Another face of what an address shows, if its rule knows one; never an address that has another face itself. */
  alternateSite(url: URL): URL | undefined
}

interface Placed {
  readonly rule: SiteRule
  readonly pattern: PathPattern
}

/** A name with more labels is none. RFC 1035: 255 octets. */
const MOST_LABELS = 127

/** The last labels of a host, as many as a name may have. */
function domainOf(hostname: string): string {
  const domain = hostname.toLowerCase().replace(/\.$/, '')
  // No name of so few characters has more.
  return domain.length < MOST_LABELS ? domain : domain.split('.').slice(-MOST_LABELS).join('.')
}

/** The site itself: other names below it (images, say) have no other face. */
const isSiteItself = ({ site, also }: SiteRule, hostname: string): boolean =>
  [site, ...(also ?? [])].includes(hostname.toLowerCase().replace(/^www\./, '')) ||
  [site, ...(also ?? [])].includes(hostname.toLowerCase())

/** Where the redirect of a rule leads from an address, whatever is there. */
function leadOf({ rule, pattern }: Placed, url: URL): URL | undefined {
  const { redirect } = rule
  if (redirect === undefined || url.port !== '' || !isSiteItself(rule, url.hostname)) return undefined
  const filled = fillPath(redirect.path ?? '', matchPath(pattern, url.pathname) ?? {})
  const path =
    filled === undefined
      ? undefined
      : (filled === '' ? url.pathname : filled) + (filled.includes('?') ? '' : url.search)
  const address = `${url.protocol}//${redirect.host ?? url.hostname}${path}`
  if (path === undefined || !URL.canParse(address)) return undefined
  const to = new URL(address)
  return to.href === url.href ? undefined : to
}

/** Rules in the order of their files; a host costs as many look-ups as it has labels, whatever their number. */
export function createSites(rules: readonly SiteRule[]): Sites {
  const byDomain = new Map<string, Placed[]>()
  for (const rule of rules) {
    const placed = { rule, pattern: readPathPattern(rule.path ?? '/') }
    for (const domain of [rule.site, ...(rule.also ?? [])])
      byDomain.set(domain, [...(byDomain.get(domain) ?? []), placed])
  }
  for (const placed of byDomain.values()) placed.sort((a, b) => weightOf(b.pattern) - weightOf(a.pattern))

  function placedFor({ hostname, pathname }: URL): Placed | undefined {
    // The host and all that it lies under, longest first: a.b.c, b.c, c.
    for (let domain = domainOf(hostname); ;) {
      const found = byDomain.get(domain)?.find(({ pattern }) => matchPath(pattern, pathname) !== undefined)
      const dot = domain.indexOf('.')
      if (found !== undefined || dot < 0) return found
      domain = domain.slice(dot + 1)
    }
  }

  function leadFrom(url: URL): URL | undefined {
    const placed = placedFor(url)
    return placed === undefined ? undefined : leadOf(placed, url)
  }

  return {
    size: new Set(rules.map(({ site }) => site)).size,
    find: url => placedFor(url)?.rule,
    alternateSite(url) {
      const to = leadFrom(url)
      return to === undefined || leadFrom(to) !== undefined ? undefined : to
    }
  }
}
