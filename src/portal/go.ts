import { writtenAddress } from '../page/addresses/address.js'
import { cutText } from '../bytes/cut-text.js'
import { frame, html } from './html.js'
import type { PortalPage } from './page.js'
import { searchAddress } from '../page/addresses/search-address.js'
import { areWords, typedAddress } from './typed.js'

/** How much is shown of what was typed. Characters. */
const SHOWN_LENGTH = 300

/** The address box of the home page: redirects the browser to what was typed; words are searched for. */
export const go: PortalPage = ({ query, portal, gateway }) => {
  const typed = query.get('url') ?? ''
  if (areWords(typed)) return { redirect: searchAddress(portal, typed.trim()) }
  const url = typedAddress(typed)
  if (url === undefined)
    return {
      status: 400,
      page: frame(
        'No address',
        html`<h1>No address</h1><p>That is not an address that can be opened: ${cutText(typed, SHOWN_LENGTH)}</p>`
      )
    }
  return { redirect: writtenAddress(url, { gateway }) }
}
