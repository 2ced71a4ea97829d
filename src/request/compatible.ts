import { ANSWERED_SITES } from '../config/settings.js'
import type { Located } from '../front/locate.js'

type PortalLocated = Extract<Located, { kind: 'portal' }>

/** The page of ours that replaces the front page of a host that we answer for; FrogFind's is its search box. */
const FIRST_PAGES: Readonly<Record<(typeof ANSWERED_SITES)[number], string>> = {
  'frogfind.com': '/search',
  '68k.news': '/news'
}

/** The article pages of FrogFind and 68k.news; everything behind a= is the address, often not encoded. */
const ARTICLE = /^\/(?:read|article)\.php$/i
const ARTICLE_FIELD = /(?:^|&)a=(.*)$/s

/** Translates a path and query of FrogFind or 68k.news into one of ours. */
function ours(located: PortalLocated): PortalLocated {
  const { path, query } = located
  if (ARTICLE.test(path)) return { ...located, path: '/read', query: `url=${ARTICLE_FIELD.exec(query)?.[1] ?? ''}` }
  // The form on FrogFind's front page; our mark may stand before its field.
  return /^\/(?:index\.php)?$/i.test(path) && /(?:^|&)q=/.test(query) ? { ...located, path: '/search' } : located
}

/**
 * Understands addresses in the form of FrogFind and 68k.news: on our own host always, on theirs if the settings let us
 * answer for them.
 */
export function compatible(located: Located, answerFor: readonly string[]): Located {
  if (located.kind === 'portal') return ours(located)
  if (located.kind === 'bad' || answerFor.length === 0) return located
  const { url, portal, gateway } = located
  const host = ANSWERED_SITES.find(site => site === url.host.replace(/^www\./, ''))
  if (host === undefined || !answerFor.includes(host)) return located
  const asked = ours({ kind: 'portal', path: url.pathname, query: url.search.slice(1), portal, gateway })
  return /^\/(?:index\.php)?$/i.test(asked.path) && asked.query === '' ? { ...asked, path: FIRST_PAGES[host] } : asked
}
