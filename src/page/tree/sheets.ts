/** A style sheet of a page. The text of a linked one is empty until it has been fetched. */
export interface Sheet {
  /** The media queries as written; empty for all media */
  readonly media: string
  readonly text: string
  /** The address of a linked sheet, as the page has it */
  readonly href?: string
}

type LinkedSheet = Sheet & { readonly href: string }

interface Attribute {
  readonly name: string
  readonly value: string
}

const valueOf = (attrs: readonly Attribute[], name: string): string | undefined =>
  attrs.find(attr => attr.name === name)?.value

/**
 * The media of a sheet. One that a script enables when it has loaded (media="print" onload="this.media='all'") is for
 * all.
 */
const mediaOf = (attrs: readonly Attribute[]): string =>
  /media/i.test(valueOf(attrs, 'onload') ?? '') ? '' : (valueOf(attrs, 'media') ?? '')

const isCss = (attrs: readonly Attribute[]): boolean => /^\s*(text\/css\s*(;.*)?)?$/i.test(valueOf(attrs, 'type') ?? '')

/** The sheet in a STYLE element with this text; undefined if it is none. */
export function styleSheet(attrs: readonly Attribute[], text: string): Sheet | undefined {
  return isCss(attrs) && text !== '' ? { media: mediaOf(attrs), text } : undefined
}

/**
 * The sheet that a LINK element names; undefined if it is none. Alternate sheets are left to people who choose them.
 */
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
