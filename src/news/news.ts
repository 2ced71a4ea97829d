import type { FailureCode } from '../failures.js'
import { SECTIONS, type Edition, type Section } from './editions.js'
import type { FeedCache } from './feed-cache.js'
import { groupStories, type StoryGroup } from './group-stories.js'
import { OWN_EDITION } from './own-edition.js'
import { pickEdition, type Wish } from './pick-edition.js'

/** A publisher of which nothing is known yet. */
export interface Missing {
  readonly source: string
  /** Why; undefined while it is waited for */
  readonly why: FailureCode | undefined
}

/** A section as it is now. */
export interface SectionNews {
  readonly groups: readonly StoryGroup[]
  readonly missing: readonly Missing[]
  /** When the feed that was asked longest ago was asked, if that is long ago. Milliseconds since 1970 */
  readonly since: number | undefined
}

/** News of all editions, from what publishers' feeds said last. */
export interface News {
  readonly editions: ReadonlyMap<string, Edition>
  /** Of a client that names none in its address */
  editionFor(wish: Wish): Edition
  /** Never rejects, and waits only for feeds of which nothing, or nothing new, is known. */
  section(edition: Edition, section: Section): Promise<SectionNews>
  close(): void
}

/** What the rules say of the news. */
export interface NewsRules {
  readonly editions: ReadonlyMap<string, Edition>
  readonly firstEdition: Edition
  readonly stopWords: ReadonlyMap<string, ReadonlySet<string>>
}

export interface NewsOptions {
  /** They change when the rules are read again */
  readonly rules: () => NewsRules
  readonly cache: FeedCache
  readonly refreshMinutes: number
  /** Milliseconds since 1970 */
  readonly now: () => number
}

/** The longest that a page waits for feeds. Milliseconds. */
const WAIT_MILLISECONDS = 6000
/** News of this age are worth waiting for newer ones. Milliseconds. */
const STALE_MILLISECONDS = 3 * 3600 * 1000
/** Sections that somebody has read lately are kept fresh so long. Milliseconds. */
const READ_MILLISECONDS = 24 * 3600 * 1000

/** The sections that an edition has, in their order. */
export const sectionsOf = ({ sections }: Edition): Section[] =>
  SECTIONS.filter(section => (sections[section] ?? []).length > 0)

async function within(milliseconds: number, all: readonly Promise<void>[]): Promise<void> {
  if (all.length === 0) return
  let timer: NodeJS.Timeout | undefined
  await Promise.race([
    Promise.all(all),
    new Promise<void>(resolve => {
      timer = setTimeout(resolve, milliseconds)
    })
  ])
  clearTimeout(timer)
}

/** Feeds are asked when somebody reads their section, and in the background as long as that was lately. */
export function createNews({ rules, cache, refreshMinutes, now }: NewsOptions): News {
  /** When a section of an edition was read last; as many as there are sections of editions */
  const read = new Map<string, { readonly edition: string; readonly section: Section; readonly at: number }>()

  const age = (feed: string): number => now() - (cache.get(feed)?.checked ?? 0)

  async function refreshDue(feeds: readonly string[]): Promise<void> {
    await cache.bring(feeds)
    for (const feed of feeds) if (cache.isDue(feed)) void cache.refresh(feed)
  }

  function refreshRead(): void {
    for (const [key, { edition, section, at }] of read) {
      const feeds = rules().editions.get(edition)?.sections[section]
      if (feeds === undefined || now() - at > READ_MILLISECONDS) read.delete(key)
      else void refreshDue(feeds.map(({ feed }) => feed))
    }
  }
  const timer = setInterval(refreshRead, refreshMinutes * 60_000)
  timer.unref()

  return {
    get editions() {
      return rules().editions
    },
    editionFor: wish => pickEdition(rules(), OWN_EDITION, wish),
    async section(edition, section) {
      const feeds = edition.sections[section] ?? []
      await cache.bring(feeds.map(({ feed }) => feed))
      read.set(`${edition.id} ${section}`, { edition: edition.id, section, at: now() })
      const asked = feeds
        .filter(({ feed }) => cache.isDue(feed))
        .map(({ feed }) => ({ refreshed: cache.refresh(feed), isStale: age(feed) > STALE_MILLISECONDS }))
      await within(
        WAIT_MILLISECONDS,
        asked.filter(({ isStale }) => isStale).map(({ refreshed }) => refreshed)
      )
      const known = feeds.map(({ name, feed }) => ({ source: name, feed, kept: cache.get(feed) }))
      const since = Math.min(...known.map(({ kept }) => kept?.checked ?? Infinity))
      return {
        groups: groupStories(
          known.map(({ source, kept }) => ({ source, stories: kept?.stories ?? [] })),
          {
            language: edition.language,
            stopWords: rules().stopWords.get(edition.language) ?? new Set(),
            ofAnyAge: edition.ofAnyAge
          }
        ),
        missing: known
          .filter(({ kept }) => kept === undefined)
          .map(({ source, feed }) => ({ source, why: cache.failureOf(feed) })),
        since: since < now() - STALE_MILLISECONDS ? since : undefined
      }
    },
    close() {
      clearInterval(timer)
      cache.close()
    }
  }
}
