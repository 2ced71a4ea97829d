/** A style sheet of a page: within it, or linked; then its text is empty until somebody has fetched it. */
export interface Sheet {
  /** Media queries as they are written; empty for all */
  readonly media: string
  readonly text: string
  /** Where a linked one is, as the page says it */
  readonly href?: string
}

type LinkedSheet = Sheet & { readonly href: string }

interface Attribute {
  readonly name: string
  readonly value: string
}

const valueOf = (attrs: readonly Attribute[], name: string): string | undefined =>
  attrs.find(attr => attr.name === name)?.value

/** A sheet that a script switches on when it has come (media="print" onload="this.media='all'") is for all. */
const mediaOf = (attrs: readonly Attribute[]): string =>
  /media/i.test(valueOf(attrs, 'onload') ?? '') ? '' : (valueOf(attrs, 'media') ?? '')

const isCss = (attrs: readonly Attribute[]): boolean => /^\s*(text\/css\s*(;.*)?)?$/i.test(valueOf(attrs, 'type') ?? '')

/** The sheet that a STYLE element is, given what stands in it, or undefined. */
export function styleSheet(attrs: readonly Attribute[], text: string): Sheet | undefined {
  return isCss(attrs) && text !== '' ? { media: mediaOf(attrs), text } : undefined
}

/** The sheet that a LINK element leads to, or undefined; alternate ones are for people who choose them. */
export function linkedSheet(attrs: readonly Attribute[]): LinkedSheet | undefined {
  const rel = (valueOf(attrs, 'rel') ?? '').toLowerCase().split(/\s+/)
  const href = (valueOf(attrs, 'href') ?? '').trim()
  if (
    !rel.includes('stylesheet') ||
    rel.includes('alternate') ||
    href === '' ||
    !isCss(attrs) ||
    valueOf(attrs, 'disabled') !== undefined
  )
    return undefined
  return { media: mediaOf(attrs), text: '', href }
}
