import { html, type Html } from './html.js'
import type { PortalRequest } from './page.js'

/** For a query, in ASCII alone. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*~]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** The address of a page of results; for a further page with what its back end needs for it. */
export const searchAddress = (
  portal: string,
  words: string,
  more?: { readonly by: string; readonly at: string }
): string => `${portal}/search?q=${encoded(words)}${more === undefined ? '' : `&by=${more.by}&at=${encoded(more.at)}`}`

/** The search box; a browser without forms is told what to type. */
export function searchForm(
  { portal, client: { profile } }: Pick<PortalRequest, 'portal' | 'client'>,
  { label, words = '' }: { readonly label: string; readonly words?: string }
): Html {
  if (!profile.forms.show)
    return html`<p>${label} To search, open the address <tt>${portal}/search?q=your+words</tt></p>`
  return html`<form action="${portal}/search" method="get">${label} <input name="q" size="30" value="${words}"> <input type="submit" value="Search"></form>`
}
