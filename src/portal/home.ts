import { frame, html } from './html.js'
import type { PortalPage } from './page.js'

/** What this is, what to type into the browser, what it took this client for, and a box for an address. */
export const home: PortalPage = ({ client, portal, proxyAddresses }) => ({
  page: frame('Retrograde', html`
<h1>Retrograde</h1>
<p>Today&#39;s web for yesterday&#39;s browsers.</p>
<form action="${portal}/go" method="get">Address: <input name="url" size="40"> <input type="submit" value="Go"></form>
<p><a href="${portal}/news">News</a></p>
<h2>Set-up</h2>
<p>Set the HTTP proxy of your browser to one of these, then type any address:</p>
<ul>${proxyAddresses.map(address => html`<li><b>${address}</b>`)}</ul>
<p>A browser without a proxy setting can put the proxy before the address: <tt>http://${proxyAddresses[0] ?? 'this-machine'}/http://example.com/</tt></p>
<h2>Your browser</h2>
<p>It gets pages for <b>${client.profile.title}</b>, because ${client.why}. Screen: ${client.display.title}. <a href="${portal}/settings">Settings</a></p>`)
})
