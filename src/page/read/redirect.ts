import { clientAddress, resolve } from '../addresses/address.js'
import type { PageContext } from '../step.js'
import type { Parsed } from '../tree/parse.js'
import { append, bodyOf, createElement, createText } from '../tree/tree.js'
import { refreshKind, refreshOf } from './refresh.js'

/**
 * The address to which a page redirects, as the client is to see it. A refresh that is no redirect becomes a link at
 * the end of the page.
 */
export function redirectOf(
  read: Pick<Parsed, 'document' | 'names' | 'unseen'>,
  context: PageContext,
  field: string | undefined
): string | undefined {
  const refresh = refreshOf(read, field)
  if (refresh === undefined || refresh.address === '') return undefined
  const url = resolve(refresh.address, context)
  const address = url === undefined ? undefined : clientAddress(url, context)
  if (url === undefined || address === undefined) return undefined
  const kind = refreshKind(refresh, context.url, url)
  if (kind === 'redirect') return address
  const body = kind === 'link' ? bodyOf(read.document) : undefined
  if (body !== undefined) {
    const link = createElement('a', { href: url.href }, createText(`[This page goes on to ${url.host}]`))
    append(body, createElement('p', {}, link))
  }
  return undefined
}
