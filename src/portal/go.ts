import { frame, html } from './html.js'
import type { PortalPage } from './page.js'

/** What a person typed as an address: with a scheme or without. Undefined if it cannot be one. */
export function typedAddress (typed: string): URL | undefined {
  const trimmed = typed.trim()
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed.replace(/^\/+/, '')}`
  if (!URL.canParse(whole)) return undefined
  const url = new URL(whole)
  return /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : undefined
}

/** The address box of the home page: sends the browser to what was typed. */
export const go: PortalPage = ({ query, gateway }) => {
  const url = typedAddress(query.get('url') ?? '')
  if (url === undefined) return { status: 400, page: frame('No address', html`<h1>No address</h1><p>That is not an address that can be opened: ${query.get('url') ?? ''}</p>`) }
  return { redirect: `${gateway}http://${url.host}${url.pathname}${url.search}` }
}
