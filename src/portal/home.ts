import { VERSION } from '../config/version.js'
import { html, frame, type Html } from './html.js'
import type { LastError, LastErrors } from '../memory/last-errors.js'
import type { PortalPage, PortalRequest } from './page.js'
import type { Place } from './place.js'
import type { PortalRules } from './portal-rules.js'
import { searchForm } from './search-form.js'

interface HomeServices {
  readonly portalRules: PortalRules
  readonly lastErrors: LastErrors
  readonly place: Place
}

/** A longer address is cut and not a link, because the home page must stay small. Characters. */
const LINKED_LENGTH = 100

function addressForm({ portal, client: { profile } }: PortalRequest): Html {
  if (!profile.forms.show) return html`<p>Open any address as you always do.</p>`
  return html`<form action="${portal}/go" method="get">Address: <input name="url" size="40"> <input type="submit" value="Go"></form>`
}

/** The pages that failed for this client. */
function errors({ gateway }: PortalRequest, failed: readonly LastError[]): Html | string {
  if (failed.length === 0) return ''
  return html`<h2>What you did not get</h2><ul>${failed.map(
    ({ address, title }) =>
      html`<li>${title}: ${
        address.length > LINKED_LENGTH
          ? html`${address.slice(0, LINKED_LENGTH)}...`
          : html`<a href="${gateway}${address}">${address.replace(/^http:\/\//, '')}</a>`
      }`
  )}</ul>`
}

interface HomeFacts {
  readonly bookmarks: Html
  readonly failed: readonly LastError[]
  readonly proxyAddresses: readonly string[]
}

function homePage(request: PortalRequest, { bookmarks, failed, proxyAddresses }: HomeFacts): Html {
  const { client, portal } = request
  return frame(
    'Retrograde',
    html`
<h1>Retrograde</h1>
<p>Today&#39;s web for yesterday&#39;s browsers.</p>
${addressForm(request)}
${searchForm(request, { label: 'Search:' })}
<p><a href="${portal}/news"><b>News</b></a> | <a href="${portal}/settings">Settings</a> | <a href="${portal}/setup">Set-up</a> | <a href="${portal}/test">Test</a></p>
<h2>Good for old browsers</h2>
${bookmarks}
${errors(request, failed)}
<h2>Your browser</h2>
<p>It gets pages for <b>${client.profile.title}</b>, because ${client.why.slice(0, 200)}. Screen: ${client.display.title}. <a href="${portal}/settings">Wrong?</a></p>
<h2>How to start</h2>
<p>Set the HTTP proxy of your browser to <b>${proxyAddresses.join(' or ')}</b>, then type any address, with http:// before it. <a href="${portal}/setup">Where to set it</a>. A browser without a proxy setting takes <tt>http://${proxyAddresses[0] ?? 'this-machine'}/http://example.com/</tt></p>
<hr>
<p><small>Retrograde ${VERSION}</small></p>`
  )
}

/**
 * The start page: address box, search box, news, bookmarks; failed pages, how this client was identified, first steps.
 * It is asked for with every start of a browser, and says the same to all of a kind for whom no page has failed.
 */
export const home: PortalPage<HomeServices> = (request, { portalRules, lastErrors, place }) => {
  const { client, portal, gateway, personKey } = request
  const proxyAddresses = place.proxyAddresses(portal)
  const failed = lastErrors.of(personKey)
  const make = (): Html => homePage(request, { bookmarks: portalRules.bookmarkList(gateway), failed, proxyAddresses })
  if (failed.length > 0) return { page: make() }
  return { page: portalRules.homePages(client, [portal, gateway, ...proxyAddresses], make), isKept: true }
}
