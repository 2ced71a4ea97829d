import { readQuery } from '../charset/read-query.js'
import { transcodeQuery } from '../charset/transcode-query.js'
import { frame, html, type Html } from './html.js'
import type { PortalPage, PortalRequest } from './page.js'
import { TEST_IMAGES } from './test-images.js'

/** How much is shown of each header and of each field. Characters. */
const SHOWN_LENGTH = 300
/** How many headers and fields are shown. */
const MOST_SHOWN = 40

const SAMPLE = [
  'Latin: à é î õ ü ñ ç ø å æ ß þ Ä Ö Ü É',
  'Signs: “quotes” ‘single’ – dash … € £ ¥ § © ½ ×',
  'Others: Łódź Čeština Ελληνικά Русский עברית 日本語'
]
const COLOURS = [
  ['black', '#000000'],
  ['red', '#FF0000'],
  ['green', '#008000'],
  ['blue', '#0000FF'],
  ['purple', '#800080'],
  ['teal', '#008080'],
  ['grey', '#808080'],
  ['orange', '#FF8000']
] as const

const cut = (text: string): string => (text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}...` : text)

const bytesOf = (text: string): string =>
  Buffer.from(
    text
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1'
  )
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')

/** What came with a form: the bytes of each field, and the characters that they are taken for. */
function arrived(sent: string, charset: string): Html | string {
  if (sent === '') return ''
  const fields = sent
    .split('&')
    .slice(0, MOST_SHOWN)
    .map(field => /^([^=]*)(?:=(.*))?$/s.exec(field) ?? [])
  const read = readQuery(transcodeQuery(sent) ?? sent, charset)
  return html`<h2>What came back</h2>
<p>Bytes:</p><ul>${fields.map(([, name = '', value = '']) => html`<li>${decodeName(name)}: <tt>${cut(bytesOf(value))}</tt>`)}</ul>
<p>Letters:</p><ul>${[...read].slice(0, MOST_SHOWN).map(([name, value]) => html`<li>${cut(name)}: <b>${cut(value)}</b>`)}</ul>`
}

const decodeName = (name: string): string => cut(name.replace(/%7e/i, '~'))

function forms({ portal, client: { profile } }: PortalRequest): Html {
  if (!profile.forms.show)
    return html`<p>Your browser gets pages without forms. Open <tt>${portal}/test?word=letters</tt> instead.</p>`
  const form = (method: string): Html =>
    html`<form action="${portal}/test" method="${method}">By ${method.toUpperCase()}: <input name="word" size="20" value="Käse"> <input type="submit" name="send" value="Send"></form>`
  return html`<p>Type accented letters and send them.</p>${form('get')}${profile.forms.post ? form('post') : ''}`
}

function images({ portal, client: { profile } }: PortalRequest): Html {
  return html`<ul>${TEST_IMAGES.map(({ path, title }) => html`<li>${profile.images.show ? html`<img src="${portal}${path}" width="32" height="32" alt="[not shown]"> ` : ''}<a href="${portal}${path}">${title}</a>`)}</ul>`
}

function headers({ arrived: { headers } }: PortalRequest): Html {
  return html`<dl>${Object.entries(headers)
    .slice(0, MOST_SHOWN)
    .map(([name, value]) => html`<dt>${name}<dd>${cut(String(value))}`)}</dl>`
}

/** The page shows what arrived, and how the browser renders letters, colours, tables, forms and images. */
export const whatArrives: PortalPage = async request => {
  const {
    client: { profile, display, why },
    portal,
    clientAddress,
    arrived: { method, httpVersion, sent }
  } = request
  return {
    page: frame(
      'Test',
      html`<h1>Test</h1>
${arrived(await sent(), profile.text.charset)}
<h2>What arrived</h2>
<p>${method} by HTTP/${httpVersion} from ${clientAddress}. Pages for <b>${profile.title}</b>, because ${why}. Screen: ${display.title}. Charset: ${profile.text.charset}.</p>
${headers(request)}
<h2>Letters</h2>
<p>${SAMPLE.map(line => html`${line}<br>`)}</p>
<h2>Forms</h2>
${forms(request)}
<h2>Colours</h2>
<p>${COLOURS.map(([name, colour]) => html`<font color="${colour}">${name}</font> `)}</p>
<h2>A table</h2>
<table border="1"><tr><th>Browser</th><th>Year</th><th>Tables</th></tr><tr><td>Mosaic 1</td><td>1993</td><td>no</td></tr><tr><td>Netscape 1.1</td><td>1995</td><td>yes</td></tr></table>
<h2>Images</h2>
${images(request)}
<p><a href="${portal}/">Home page</a> | <a href="${portal}/settings">Settings</a> | <a href="${portal}/setup">Set-up</a></p>`
    )
  }
}

/** The images of the test page, byte for byte. */
export const testImagePages: Readonly<Record<string, PortalPage>> = Object.fromEntries(
  TEST_IMAGES.map(({ path, type, bytes }) => [path, () => ({ type, body: bytes })])
)
