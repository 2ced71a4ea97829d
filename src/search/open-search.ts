import type { Config } from '../config/config.js'
import type { Door } from '../origin/door.js'
import { fetchBytes } from '../origin/fetchers/fetch-bytes.js'
import { createSearch, type Search, type SearchOptions } from './search.js'

/** A page of results is some 50 kB. */
const RESULTS_BYTES = 1024 * 1024
/** A back end may send us to another name of itself. */
const RESULTS_REDIRECTS = 2

const ACCEPT = 'text/html,application/json;q=0.9,*/*;q=0.8'

/** The search as the settings want it, through the door. */
export function openSearch(
  { searxng, searchTimeoutSeconds: timeoutSeconds }: Pick<Config, 'searxng' | 'searchTimeoutSeconds'>,
  door: Pick<Door, 'fetch'>,
  { backEnds, read }: Pick<SearchOptions, 'backEnds' | 'read'>
): Search {
  const limits = { maxBytes: RESULTS_BYTES, timeoutSeconds, maxRedirects: RESULTS_REDIRECTS }
  const fetch: SearchOptions['fetch'] = (url, signal, language) =>
    fetchBytes(door, url, { ...limits, fields: { accept: ACCEPT, 'accept-language': language }, signal })
  return createSearch({ backEnds, read, searxng, timeoutSeconds, fetch })
}
