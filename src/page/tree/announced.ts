/** What a page announces with LINK: a feed of it, or another form of itself. */
export interface Announced {
  readonly kind: 'feed' | 'amp' | 'print'
  /** As the page says it */
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

/** What a LINK element announces, or undefined; style sheets and icons are nothing of the kind. */
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
