import { languageOf } from '../clients/language.js'
import type { Found, Search } from '../search/search.js'
import { decodePercent } from '../bytes/decode-percent.js'
import { writtenAddress } from '../page/addresses/address.js'
import { addHints } from '../page/addresses/address-hints.js'
import type { FoundPage } from '../page/read/read-results.js'
import { cutText } from '../bytes/cut-text.js'
import { frame, html, type Html } from './html.js'
import type { PortalPage, PortalRequest } from './page.js'
import { viewAddress } from '../page/addresses/view-address.js'
import { searchAddress } from '../page/addresses/search-address.js'
import { searchForm } from './search-form.js'
import { addressAmongWords } from './typed.js'

interface SearchServices {
  readonly search: Search
}

/** A longer question is cut, because no back end reads more. Characters. */
const WORDS_LENGTH = 300
/** How much is shown of the title of each result. Characters. */
const TITLE_LENGTH = 120
const SHOWN_LENGTH = 70
const SNIPPET_LENGTH = 300
/** Results on a page, and on one for 8-bit machines, whose memory limits the page. */
const MOST_RESULTS = 30
const FEW_RESULTS = 8
/** The memory of an 8-bit machine: browsers with less for a page get the fewer results. Bytes. */
const SMALL_PAGE_BYTES = 16384

/** The words; an old browser without forms may ask ?two+words (HTML 2.0, ISINDEX). */
function wordsOf(query: URLSearchParams): string {
  const [name = '', value = ''] = [...query][0] ?? []
  const words = query.get('q') ?? (value === '' ? name : '')
  return words.replace(/\s+/g, ' ').trim().slice(0, WORDS_LENGTH)
}

function shownAddress(url: URL): string {
  const path = decodePercent(url.pathname)
  return cutText(`${url.host}${path === '/' ? '' : path}`, SHOWN_LENGTH)
}

/** The address of a result as a page, and as an article alone. */
function addressesOf(url: URL, { portal, gateway }: PortalRequest): { readonly page: string; readonly reader: string } {
  return { page: writtenAddress(url, { gateway }), reader: viewAddress({ portal, url }, 'read') }
}

function result({ title, url, snippet }: FoundPage, request: PortalRequest): Html {
  const found = new URL(url)
  const { page, reader } = addressesOf(found, request)
  const readerFirst = request.choices.first === 'reader'
  const other = readerFirst
    ? html`<a href="${addHints(page, { view: 'page' })}">[page]</a>`
    : html`<a href="${reader}">[reader]</a>`
  const few = request.client.profile.budget.pageBytes < SMALL_PAGE_BYTES
  return html`<p><a href="${readerFirst ? reader : page}"><font size="4"><b>${cutText(title === '' ? found.host : title, TITLE_LENGTH)}</b></font></a><br>
<font color="#008000" size="2">${shownAddress(found)}</font> <small>${other}</small><br>
${cutText(snippet, few ? SNIPPET_LENGTH / 2 : SNIPPET_LENGTH)}</p>
<hr>`
}

/** Which back ends failed, and why. */
function attempts({ attempts }: Found): Html | string {
  return attempts.length === 0
    ? ''
    : html`<ul>${attempts.map(({ title, reason }) => html`<li>${title}: ${reason}`)}</ul>`
}

function nothing(found: Found, words: string, again: string): Html {
  if (found.by !== undefined)
    return html`<h2>Nothing found</h2><p>${found.by.title} found no page with these words. Try fewer or other words.</p>${attempts(found)}`
  return html`<h2>No search today</h2><p>None of the search engines that this proxy asks gave an answer:</p>${attempts(found)}
<p><a href="${again}">Try again</a> in a few minutes. Or open an address that you know, or try the <a href="http://${writtenAddress(new URL(`https://en.wikipedia.org/w/index.php?search=${encodeURIComponent(words)}`), { gateway: '' }).slice('http://'.length)}">search of Wikipedia</a>.</p>`
}

function results(found: Found, words: string, request: PortalRequest): Html {
  const { portal, gateway, client, query } = request
  const { by, next } = found
  const again = searchAddress(portal, words)
  if (found.results.length === 0 || by === undefined) return nothing(found, words, again)
  const shown = found.results.slice(0, client.profile.budget.pageBytes < SMALL_PAGE_BYTES ? FEW_RESULTS : MOST_RESULTS)
  const home = URL.canParse(by.home) ? writtenAddress(new URL(by.home), { gateway }) : by.home
  return html`<p>Search results for <b>${words}</b>${query.has('at') ? html` (<a href="${again}">from the beginning</a>)` : ''}</p>
<hr>
${shown.map(page => result(page, request))}
${next === undefined ? '' : html`<p><a href="${searchAddress(portal, words, { by: by.id, at: next })}"><b>Next page</b></a></p>`}
<p><small>Found by <a href="${home}">${by.title}</a></small></p>`
}

/** The results for some words, as on FrogFind: title, address, a few lines, and a link to more. */
export const search: PortalPage<SearchServices> = async (request, { search }) => {
  const { query, portal, gateway, asker, arrived } = request
  const words = wordsOf(query)
  const url = addressAmongWords(words)
  if (url !== undefined) return { redirect: writtenAddress(url, { gateway }) }
  const home = html`<p><small><a href="${portal}/">Home page</a> | <a href="${portal}/settings">Settings</a></small></p>`
  const form = searchForm(request, { words, label: words === '' ? 'Look for:' : 'Search again:' })
  if (words === '')
    return { page: frame('Search', html`<h1>Search</h1>${form}<p>Words find pages; an address opens it.</p>${home}`) }
  const by = query.get('by')
  const at = query.get('at')
  const found = await search({
    ...asker,
    words,
    language: languageOf(arrived.headers['accept-language']),
    more: by === null || at === null ? undefined : { by, at }
  })
  return {
    // Status 502, so that no cache on the way keeps the page.
    status: found.by === undefined ? 502 : undefined,
    page: frame(`${words} - Search`, html`<h1>Search</h1>${form}<hr>${results(found, words, request)}${home}`)
  }
}
