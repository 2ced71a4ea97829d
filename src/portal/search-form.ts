import { html, type Html } from './html.js'
import type { PortalRequest } from './page.js'

/** The search box; a browser without forms is told what to type. */
export function searchForm(
  { portal, client: { profile } }: Pick<PortalRequest, 'portal' | 'client'>,
  { label, words = '' }: { readonly label: string; readonly words?: string }
): Html {
  if (!profile.forms.show)
    return html`<p>${label} To search, open the address <tt>${portal}/search?q=your+words</tt></p>`
  return html`<form action="${portal}/search" method="get">${label} <input name="q" size="30" value="${words}"> <input type="submit" value="Search"></form>`
}
