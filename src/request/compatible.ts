import type { Located } from '../front/locate.js'

type PortalLocated = Extract<Located, { kind: 'portal' }>

/** What the first page of a host that we answer for is with us; FrogFind's is its search box. */
const FIRST_PAGES: Readonly<Record<string, string>> = { 'frogfind.com': '/search', '68k.news': '/news' }

/** The article pages of FrogFind and 68k.news; all behind a= is the address, often as it stands. */
const ARTICLE = /^\/(?:read|article)\.php$/i
const ARTICLE_FIELD = /(?:^|&)a=(.*)$/s

/** A path and query of FrogFind or 68k.news as one of ours. */
function ours(located: PortalLocated): PortalLocated {
  const { path, query } = located
  if (ARTICLE.test(path)) return { ...located, path: '/read', query: `url=${ARTICLE_FIELD.exec(query)?.[1] ?? ''}` }
  // The form of FrogFind's first page; ours may have put its mark before the field.
  return /^\/(?:index\.php)?$/i.test(path) && /(?:^|&)q=/.test(query) ? { ...located, path: '/search' } : located
}

/**
 * What a request means by the addresses that FrogFind and 68k.news have: on our own host always, on theirs if the
 * settings say that we answer for them.
 */
export function compatible(located: Located, answerFor: readonly string[]): Located {
  if (located.kind === 'portal') return ours(located)
  if (located.kind === 'bad' || answerFor.length === 0) return located
  const { url, portal, gateway } = located
  const host = url.host.replace(/^www\./, '')
  if (!answerFor.some(name => name.toLowerCase().replace(/^www\./, '') === host)) return located
  const asked = ours({ kind: 'portal', path: url.pathname, query: url.search.slice(1), portal, gateway })
  return /^\/(?:index\.php)?$/i.test(asked.path) && asked.query === ''
    ? { ...asked, path: FIRST_PAGES[host] ?? '/' }
    : asked
}
