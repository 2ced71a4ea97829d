import type { PersonalSettings } from '../clients/settings.js'
import { FAILURES } from '../failures.js'
import { sectionsOf, type Missing, type News, type SectionNews } from '../news/news.js'
import type { Edition, Section } from '../news/editions.js'
import type { Headline, StoryGroup } from '../news/group-stories.js'
import { writtenAddress } from '../page/addresses/address.js'
import { frame, html, type Html } from './html.js'
import type { PortalPage, PortalRequest } from './page.js'

/** The share of a client's page that stories may take; the rest is for the lines around them and longer addresses. */
const STORIES_SHARE = 0.6

interface NewsServices {
  readonly news: News
  readonly settings: PersonalSettings
}

interface Shown {
  readonly request: PortalRequest
  readonly edition: Edition
  readonly section: Section
}

/** The address of a page of the news; of the first page of the top section if nothing more is given. */
interface NewsPage {
  readonly edition: Edition
  readonly section?: Section
  readonly page?: number
}

const address = (portal: string, { edition, section = 'top', page = 1 }: NewsPage): string =>
  [
    `${portal}/news?edition=${edition.id}`,
    ...(section === 'top' ? [] : [`section=${section}`]),
    ...(page === 1 ? [] : [`page=${page}`])
  ].join('&')

/** A story is linked in the reader view, which has a link back to this edition. */
const readAddress = ({ request: { portal }, edition }: Shown, link: string): string =>
  `${portal}/read?edition=${edition.id};url=${writtenAddress(new URL(link), { gateway: '' }).slice('http://'.length)}`

/** "3 July 2026 | 4:12 pm", as on 68k.news, in the time zone of the edition. */
function posted({ zone }: Edition, date: number): string {
  const at = new Date(date)
  const day = at.toLocaleDateString('en-GB', { timeZone: zone, day: 'numeric', month: 'long', year: 'numeric' })
  const time = at.toLocaleTimeString('en-US', { timeZone: zone, hour: 'numeric', minute: '2-digit' })
  return `${day} | ${time.replace(/\s/g, ' ').toLowerCase()}`
}

const related = (shown: Shown, { title, link, source }: Headline): Html =>
  html`<li><a href="${readAddress(shown, link)}">${title}</a> (${source})`

function story(shown: Shown, { first, related: others }: StoryGroup): Html {
  const { title, link, source, summary, date } = first
  return html`<h3><a href="${readAddress(shown, link)}">${title}</a></h3>
<p><b>${source}</b>${summary === '' ? '' : `: ${summary}`}</p>
${others.length === 0 ? '' : html`<ul>${others.map(headline => related(shown, headline))}</ul>`}${date === 0 ? '' : html`<p><small>Posted on ${posted(shown.edition, date)}</small></p>`}
`
}

/** Stories, on as many pages as the client's memory needs. */
function pagesOf(stories: readonly Html[], bytes: number): Html[][] {
  let page: Html[] = []
  const pages = [page]
  let left = bytes
  for (const one of stories) {
    const size = Buffer.byteLength(one.text)
    if (left < size && page.length > 0) {
      page = []
      pages.push(page)
      left = bytes
    }
    page.push(one)
    left -= size
  }
  return pages
}

/** TOP WORLD NATION ... and the edition. */
function menu(shown: Shown): Html {
  const {
    request: { portal },
    edition,
    section
  } = shown
  const sections = sectionsOf(edition).map(name =>
    name === section
      ? html`<b>${name.toUpperCase()}</b> `
      : html`<a href="${address(portal, { edition, section: name })}">${name.toUpperCase()}</a> `
  )
  return html`<p><small>${sections}<br>${edition.name} Edition <a href="${portal}/editions">(Change)</a></small></p>`
}

/** Who brought nothing, by what the matter was. */
function absences(missing: readonly Missing[]): Html[] {
  const reasons = new Set(missing.map(({ why }) => why))
  return [...reasons].map(reason => {
    const sources = [...new Set(missing.filter(({ why }) => why === reason).map(({ source }) => source))].join(', ')
    return reason === undefined
      ? html`<p><small>Nothing has come yet from ${sources}.</small></p>`
      : html`<p><small>Nothing came from ${sources}: ${FAILURES[reason].sentence}</small></p>`
  })
}

/** Feeds that are missing, and how old the others are. */
function remarks({ edition }: Shown, { missing, since, groups }: SectionNews): Html | string {
  const none = groups.length === 0 ? html`<p>There is no news at the moment. Try again in a few minutes.</p>` : ''
  const old =
    since === undefined || missing.length > 0
      ? ''
      : html`<p><small>Some of this news was last fetched on ${posted(edition, since)}.</small></p>`
  return html`${none}${absences(missing)}${old}`
}

/** The edition of this person. */
export const ownEdition = ({ choices, arrived: { headers } }: PortalRequest, news: News): Edition =>
  news.editionFor({ chosen: choices.edition, acceptLanguage: headers['accept-language'] })

/** The news of one section of an edition, in the manner of 68k.news. */
export const news: PortalPage<NewsServices> = async (request, services) => {
  const { editions: all, section: sectionNews } = services.news
  const {
    query,
    portal,
    client: { profile }
  } = request
  const plan = query.get('edition')
  const edition = plan === null ? ownEdition(request, services.news) : all.get(plan.toLowerCase())
  if (edition === undefined) return editions(request, services)
  const section =
    sectionsOf(edition).find(name => name === query.get('section')?.toLowerCase()) ?? sectionsOf(edition)[0]!
  const shown: Shown = { request, edition, section }
  const found = await sectionNews(edition, section)
  const pages = pagesOf(
    found.groups.map(group => story(shown, group)),
    profile.budget.pageBytes * STORIES_SHARE
  )
  const page = Math.min(pages.length, Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1))
  const more =
    page < pages.length
      ? html`<p><a href="${address(portal, { edition, section, page: page + 1 })}">More news</a></p>`
      : ''
  const title = section === 'top' ? `${edition.name} news` : `${edition.name} news: ${section}`
  return {
    page: frame(
      title,
      html`
<h1>${title}</h1>
${menu(shown)}
<hr>
${pages[page - 1] ?? ''}${more}${remarks(shown, found)}<hr>
${menu(shown)}
<p><small><a href="${portal}/">Home page</a></small></p>`
    )
  }
}

/**
 * Chooses an edition for this person, if the request comes from our own list: a page of another site does not know the
 * token.
 */
function keep({ query, personKey }: PortalRequest, { news, settings }: NewsServices): Edition | undefined {
  const chosen = news.editions.get(query.get('keep') ?? '')
  if (chosen === undefined || !settings.isToken(personKey, query.get('token') ?? '')) return undefined
  settings.save(personKey, { ...settings.of(personKey), edition: chosen.id })
  return chosen
}

/** The page on which an edition is chosen, which then stays chosen. */
export const editions: PortalPage<NewsServices> = (request, services) => {
  const { query, portal, personKey } = request
  const { news, settings } = services
  const chosen = keep(request, services)
  if (chosen !== undefined) return { redirect: address(portal, { edition: chosen }) }
  const token = settings.token(personKey)
  const first = ownEdition(request, news)
  const unknown = query.get('edition') === null ? '' : html`<p>There is no edition of that name.</p>`
  return {
    status: unknown === '' ? 200 : 404,
    page: frame(
      'Choose your edition',
      html`
<h1>Choose your edition</h1>
${unknown}<ul>${[...news.editions.values()].map(edition => html`<li><a href="${portal}/editions?token=${token}&keep=${edition.id}">${edition.title}</a>${edition === first ? html` (yours)` : ''}`)}</ul>
<p><small><a href="${address(portal, { edition: first })}">&lt; Back to the ${first.name} front page</a></small></p>
<p><small><a href="${portal}/">Home page</a></small></p>`
    )
  }
}
