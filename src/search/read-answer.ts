import { asBuffer } from '../bytes/as-buffer.js'
import { decodeText } from '../charset/decode.js'
import { readResults, type FoundPages } from '../page/read/read-results.js'
import type { BackEnd } from './back-ends.js'
import { readJsonResults } from './read-json.js'

/** The answer of a back end, as plain data: it is read in a thread, because who sends it chooses what that costs. */
export interface ResultsJob {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly url: string
  readonly backEnd: BackEnd
  /** What stands for the names in braces of an address */
  readonly values: Readonly<Record<string, string>>
  /** Number of the page that was asked for, from 1 */
  readonly page: number
}

/** Results of one answer that are kept; the search page shows 30. */
const MOST_RESULTS = 100
/** Longer addresses are left out: browsers of the time take 1,000 to 2,000. Characters. */
const ADDRESS_CHARACTERS = 2000
/** Titles and snippets are cut; the search page shows 300 of a snippet. Characters. */
const TEXT_CHARACTERS = 1000

/** Answers are remembered: none takes more than these limits together. */
function bounded({ results, ...rest }: FoundPages): FoundPages {
  const short = results.filter(({ url }) => url.length <= ADDRESS_CHARACTERS).slice(0, MOST_RESULTS)
  return {
    ...rest,
    results: short.map(({ title, url, snippet }) => ({
      title: title.slice(0, TEXT_CHARACTERS),
      url,
      snippet: snippet.slice(0, TEXT_CHARACTERS)
    }))
  }
}

/**
 * What the answer of a back end holds. Undefined if it is not of the kind that the rules describe.
 * @throws Failure TOO_LARGE
 */
export function readAnswer({
  bytes,
  contentType,
  url,
  backEnd: { json, html },
  values,
  page
}: ResultsJob): FoundPages | undefined {
  const buffer = asBuffer(bytes)
  const found =
    json !== undefined
      ? readJsonResults(decodeText(buffer, contentType).text, json, { values, page })
      : readResults(buffer, contentType, new URL(url), html!)
  return found === undefined ? undefined : bounded(found)
}
