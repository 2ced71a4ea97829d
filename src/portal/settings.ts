import { CHARSETS } from '../charset/charsets.js'
import type { Choices } from '../clients/settings.js'
import { frame, html, type Html } from './html.js'
import type { PortalPage, PortalRequest } from './page.js'

type Option = readonly [value: string, label: string]

const IMAGES: readonly Option[] = [['', 'as the proxy is set'], ['inline', 'in the page'], ['links', 'as numbered links'], ['off', 'none']]
const LINES: readonly Option[] = [['', 'as the proxy is set'], ['bottom', 'at the foot'], ['top', 'at the top'], ['off', 'nowhere']]

/** Radio buttons serve Mosaic and Lynx better than a menu; each on a line of its own. */
function question (name: string, title: string, options: readonly Option[], chosen: string): Html {
  return html`<h2>${title}</h2>${options.map(([value, label]) => html`<input type="radio" name="${name}" value="${value}"${value === chosen ? html` checked` : ''}> ${label}<br>`)}`
}

/** Forty radio buttons would be a page of their own. */
function menu (name: string, title: string, options: readonly Option[], chosen: string): Html {
  return html`<h2>${title}</h2><select name="${name}">${options.map(([value, label]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`)}</select>`
}

const CHARSET_OPTIONS: readonly Option[] = CHARSETS.map(({ name, title }) => [name.toLowerCase(), title])

const oneOf = <T extends string>(value: string | null, options: Iterable<string>): T | undefined =>
  value !== null && value !== '' && [...options].includes(value) ? value as T : undefined

function chosenIn ({ query, rules }: PortalRequest): Choices {
  const profile = oneOf(query.get('profile'), rules.profiles.keys())
  const display = oneOf(query.get('display'), rules.displays.keys())
  const images = oneOf<NonNullable<Choices['images']>>(query.get('images'), ['inline', 'links', 'off'])
  const originalSource = oneOf<NonNullable<Choices['originalSource']>>(query.get('line'), ['bottom', 'top', 'off'])
  const charset = oneOf(query.get('charset'), CHARSET_OPTIONS.map(([name]) => name))
  return { ...(profile === undefined ? {} : { profile }), ...(display === undefined ? {} : { display }), ...(images === undefined ? {} : { images }), ...(originalSource === undefined ? {} : { originalSource }), ...(charset === undefined ? {} : { charset }) }
}

/** What this machine's person wants: a form without script or cookies, kept by the address of the machine. */
export const settings: PortalPage = request => {
  const { query, settings, clientAddress, portal, rules, client } = request
  const saving = query.has('token')
  const accepted = saving && settings.isToken(clientAddress, query.get('token') ?? '')
  if (accepted) settings.save(clientAddress, chosenIn(request))
  const choices = settings.of(clientAddress)
  const automatic = (what: string): Option => ['', `by what the browser says (${what})`]
  return {
    page: frame('Settings', html`
<h1>Settings</h1>
${accepted ? html`<p><b>Saved.</b> Pages that your browser keeps in its cache change when you reload them.</p>` : saving ? html`<p><b>Not saved.</b> Please send this form again.</p>` : ''}
<p>For the machine at ${clientAddress}.</p>
<form action="${portal}/settings" method="get">
<input type="hidden" name="token" value="${settings.token(clientAddress)}">
${question('profile', 'Browser', [automatic(client.profile.id), ...[...rules.profiles.values()].map(profile => [profile.id, profile.title] as const)], choices.profile ?? '')}
${question('display', 'Screen', [automatic(client.display.id), ...[...rules.displays.values()].map(display => [display.id, display.title] as const)], choices.display ?? '')}
${menu('charset', 'Text', [automatic(client.profile.text.charset), ...CHARSET_OPTIONS], choices.charset ?? '')}
${question('images', 'Images', IMAGES, choices.images ?? '')}
${question('line', 'Original source line', LINES, choices.originalSource ?? '')}
<p><input type="submit" value="Save"></p></form>
<p><a href="${portal}/">Home page</a></p>`)
  }
}
