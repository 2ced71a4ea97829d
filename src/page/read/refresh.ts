import type { Parsed } from '../tree/parse.js'
import { attribute, closest, elements, headOf, type Element } from '../tree/tree.js'

export interface Refresh {
  readonly seconds: number
  /** The address as the page has it; empty means the page itself */
  readonly address: string
  /** It is meant for browsers without scripts alone */
  readonly noscript: boolean
}

/** A refresh within this time is a redirect, a later one a link (docs/clients.md R38). Seconds. */
const SHORT_REFRESH = 5
/**
 * A page that refreshes to its own path after a longer time shows news of itself: a chat, a camera, a progress bar.
 * Seconds.
 */
const SHORT_RELOAD = 1

/** Removes the quotes around an address; the closing one may be missing. */
function unquoted(text: string): string {
  const quote = /^["']/.exec(text)?.[0]
  if (quote === undefined) return text
  return text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : text.slice(1)
}

/**
 * HTML, "shared declarative refresh steps". The parts are read one by one: one pattern for all would go back over each
 * run of white space.
 */
function parseRefresh(content: string, noscript: boolean): Refresh | undefined {
  const match = /^\s*(\d+)(?:\.\d*)?(?=[;,\s]|$)/.exec(content)
  if (match === null) return undefined
  const address = content
    .slice(match[0].length)
    .trim()
    .replace(/^[;,]/, '')
    .trimStart()
    .replace(/^url\s*=\s*/i, '')
  return { seconds: Number(match[1]), address: unquoted(address), noscript }
}

const isRefresh = (meta: Element): boolean => /^\s*refresh\s*$/i.test(attribute(meta, 'http-equiv') ?? '')

/**
 * The refresh of a page: by the HTTP field Refresh, else by its first META in the head or, as browsers accept it, in
 * the body, else by one for browsers without scripts.
 */
export function refreshOf(
  { document, names, unseen }: Pick<Parsed, 'document' | 'names' | 'unseen'>,
  field?: string
): Refresh | undefined {
  const byField = field === undefined ? undefined : parseRefresh(field, false)
  if (byField !== undefined || !names.has('meta')) return byField
  const head = headOf(document)
  const metas = [
    ...(head === undefined ? [] : elements(head, 'meta')),
    ...unseen.filter(({ tagName }) => tagName === 'meta')
  ].filter(isRefresh)
  const found = [...new Set(metas)]
    .map(meta => parseRefresh(attribute(meta, 'content') ?? '', closest(meta, 'noscript') !== undefined))
    .filter(refresh => refresh !== undefined)
  return found.find(({ noscript }) => !noscript) ?? found[0]
}

/** The client sees http and https as one, and a fragment is no other page. */
const documentOf = ({ host, pathname, search }: URL): string => `${host}${pathname}${search}`

/**
 * What to do with a refresh. `nothing`: the page shows itself again, which would be an endless redirect here. A
 * redirect for browsers without scripts is followed only to another form of the same page (Facebook's ?_fb_noscript=1):
 * elsewhere it mostly leads to a page that says "switch on JavaScript", while the page itself may be readable (Google,
 * banks).
 */
export function refreshKind({ seconds, noscript }: Refresh, from: URL, to: URL): 'redirect' | 'link' | 'nothing' {
  if (documentOf(from) === documentOf(to)) return 'nothing'
  const isReload = from.host === to.host && from.pathname === to.pathname
  if (noscript && !isReload) return 'link'
  return seconds <= (isReload ? SHORT_RELOAD : SHORT_REFRESH) ? 'redirect' : 'link'
}
