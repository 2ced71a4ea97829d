/** A resource that a page announces with LINK: a feed, another form of the page, or what comes before and after it. */
export interface Announced {
  readonly kind: 'feed' | 'amp' | 'print' | 'prev' | 'next'
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

/** HTML 4.01 6.12, HTML 4.6.7: a document in a sequence of documents. */
const SEQUENCE = /(?:^|\s)(next|prev)(?:ious)?(?:\s|$)/

/** Whether words of REL say that what a link leads to comes before or after its page. */
export function sequenceIn(rel: string): 'prev' | 'next' | undefined {
  const said = SEQUENCE.exec(rel.toLowerCase())?.[1]
  return said === 'prev' || said === 'next' ? said : undefined
}

/** Reads what a LINK element announces; undefined for style sheets, icons and all else. */
export function announcedBy(attrs: readonly Attribute[]): Announced | undefined {
  const valueOf = (name: string): string => attrs.find(attr => attr.name === name)?.value ?? ''
  const rel = valueOf('rel').toLowerCase()
  // Most links of a page are style sheets, icons and hints.
  const sequence = sequenceIn(rel)
  if (sequence === undefined && !rel.includes('alternate') && !rel.includes('amphtml')) return undefined
  const href = valueOf('href').trim()
  if (href === '' || rel.includes('stylesheet')) return undefined
  const found = (kind: Announced['kind']): Announced => ({
    kind,
    href,
    title: valueOf('title').replace(/\s+/g, ' ').trim()
  })
  if (sequence !== undefined) return found(sequence)
  if (rel.includes('amphtml')) return found('amp')
  if (FEED_TYPE.test(valueOf('type'))) return found('feed')
  return /^\s*print\s*$/i.test(valueOf('media')) ? found('print') : undefined
}
