/** A resource that a page announces with LINK: a feed, or another form of the page. */
export interface Announced {
  readonly kind: 'feed' | 'amp' | 'print'
  /** The address as the page has it */
  readonly href: string
  /** Empty if it has none */
  readonly title: string
}

interface Attribute {
  readonly name: string
  readonly value: string
}

/** Feed autodiscovery: RSS Advisory Board, RFC 4287 7, JSON Feed 1.1. */
const FEED_TYPE = /^\s*application\/(rss\+xml|atom\+xml|feed\+json)\s*(;|$)/i

/** Reads what a LINK element announces; undefined for style sheets, icons and all else. */
export function announcedBy(attrs: readonly Attribute[]): Announced | undefined {
  const valueOf = (name: string): string => attrs.find(attr => attr.name === name)?.value ?? ''
  const rel = valueOf('rel').toLowerCase()
  // Most links of a page are style sheets, icons and hints.
  if (!rel.includes('alternate') && !rel.includes('amphtml')) return undefined
  const href = valueOf('href').trim()
  if (href === '' || rel.includes('stylesheet')) return undefined
  const found = (kind: Announced['kind']): Announced => ({
    kind,
    href,
    title: valueOf('title').replace(/\s+/g, ' ').trim()
  })
  if (rel.includes('amphtml')) return found('amp')
  if (FEED_TYPE.test(valueOf('type'))) return found('feed')
  return /^\s*print\s*$/i.test(valueOf('media')) ? found('print') : undefined
}
