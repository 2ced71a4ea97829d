import type { Config } from '../config/config.js'
import type { RulesFolder } from '../config/layers/rules-folder.js'
import { createFeedFetcher } from '../origin/fetchers/feed-fetcher.js'
import type { Door } from '../origin/door.js'
import type { Store } from '../store/store.js'
import type { Workers } from '../workers/pool.js'
import { loadEditions, loadStopWords, type Edition } from './editions.js'
import { createFeedCache } from './feed-cache.js'
import { createNews, type News, type NewsRules } from './news.js'
import { OWN_EDITION, readOwnEdition } from './own-edition.js'

/**
 * The editions that there are, one's own first, and the one that is shown first.
 * @throws Error when a file is wrong or the settings name an edition that there is not.
 */
export function editionsFor(
  { newsFeeds, newsEdition }: Pick<Config, 'newsFeeds' | 'newsEdition'>,
  rulesFolder: RulesFolder
): { editions: ReadonlyMap<string, Edition>; firstEdition: Edition } {
  const own: Array<[string, Edition]> = newsFeeds === '' ? [] : [[OWN_EDITION, readOwnEdition(newsFeeds, rulesFolder)]]
  const editions = new Map([...own, ...loadEditions(rulesFolder)])
  const firstEdition = editions.get(newsEdition)
  if (firstEdition === undefined)
    throw new Error(`newsEdition: ${newsEdition} is not allowed; it takes ${[...editions.keys()].join(', ')}`)
  return { editions, firstEdition }
}

/** Whose turn it is when feeds are read: what is fetched for all is one more client. */
const OWN_CLIENT = 'news'

/** All that the rules and the settings say of the news. @throws Error when a file or a setting is wrong. */
export const newsRulesFor = (
  config: Pick<Config, 'newsFeeds' | 'newsEdition'>,
  rulesFolder: RulesFolder
): NewsRules => ({
  ...editionsFor(config, rulesFolder),
  stopWords: loadStopWords(rulesFolder)
})

/** The news as the settings want them, by the rules as they are at the time. */
export function openNews(
  config: Config,
  rules: () => NewsRules,
  { door, store, workers }: { door: Pick<Door, 'fetch'>; store: Store; workers: Pick<Workers, 'stories'> }
): News {
  const fetchFeed = createFeedFetcher({
    door,
    maxBytes: config.maxFeedBytes,
    timeoutSeconds: config.feedTimeoutSeconds,
    maxRedirects: config.maxRedirects
  })
  const times = { refreshMinutes: config.newsRefreshMinutes, now: () => Date.now() }
  const cache = createFeedCache({
    store,
    fetchFeed,
    readStories: (job, signal) => workers.stories(job, { client: OWN_CLIENT, signal }),
    ...times
  })
  return createNews({ rules, cache, ...times })
}
