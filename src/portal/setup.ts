import { frame, html, type Html } from './html.js'
import type { PortalPage, PortalRequest } from './page.js'
import type { Place } from './place.js'
import type { PortalRules, SetupHelp } from './portal-rules.js'

interface SetupServices {
  readonly portalRules: PortalRules
  readonly place: Place
}

/** The values for the placeholders in the lines of the rules. */
interface Written {
  readonly address: string
  readonly name: string
}

/** Replaces the placeholders for this proxy in a line. */
function filled(line: string, { address, name }: Written): string {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(address) ?? []
  return line.replace(
    /\{(host|port|address|name)\}/g,
    (_, word: 'host' | 'port' | 'address' | 'name') => ({ host, port, address, name })[word]
  )
}

/** The steps for one kind of browser. */
function help({ title, steps, lines, gateway }: SetupHelp, written: Written): Html {
  const filledLines = [...lines, ...(gateway ? ['http://{address}/', 'http://{address}/http://example.com/'] : [])].map(
    line => filled(line, written)
  )
  return html`<h2>${title}</h2>
<ol>${steps.map(step => html`<li>${filled(step, written)}`)}</ol>
${filledLines.length === 0 ? '' : html`<p>${filledLines.map(line => html`<tt>${line}</tt><br>`)}</p>`}`
}

function addresses({ portal }: PortalRequest, { name, proxyAddresses }: Place): Html {
  const all = proxyAddresses(portal)
  const [first = ''] = all
  return html`<h2>For all browsers</h2>
<ul><li>HTTP proxy: <b>${all.join(' or ')}</b>
<li>Automatic configuration: <tt>http://${first}/proxy.pac</tt> (Netscape 2, Internet Explorer 4 and later), <tt>/wpad.dat</tt>
<li>No proxy setting: <tt>http://${first}/http://example.com/</tt>
<li>Then open <a href="${portal}/">http://${name}/</a>, and <a href="${portal}/test">test what arrives</a></ul>`
}

/** What to type in which browser: that of this request first, the others by name. */
export const setup: PortalPage<SetupServices> = (request, { portalRules, place }) => {
  const { portal, query, arrived } = request
  const agent = arrived.headers['user-agent'] ?? ''
  const written = { address: place.proxyAddresses(portal)[0] ?? '', name: place.name }
  const asked = portalRules.setup.find(({ id }) => id === query.get('browser'))
  const own = portalRules.setup.find(({ match }) => match.test(agent))
  const shown = asked ?? own
  return {
    page: frame(
      'Set-up',
      html`<h1>Set-up</h1>
${asked === undefined && own !== undefined ? html`<p>Your browser:</p>` : ''}${shown === undefined ? '' : help(shown, written)}
${addresses(request, place)}
<h2>Other browsers</h2>
<ul>${portalRules.setup.filter(other => other !== shown).map(({ id, title }) => html`<li><a href="${portal}/setup?browser=${id}">${title}</a>`)}</ul>
<p><a href="${portal}/">Home page</a></p>`
    )
  }
}
