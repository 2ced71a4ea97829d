import { lettersOf } from './words.js'

/** What is known of a page besides its body. */
export interface PageFacts {
  readonly title: string
  /** Its JSON-LD, in letters and digits alone */
  readonly data: string
  /** What JSON-LD says that the page is, in lower case */
  readonly types: string
  /** Parts of the path of its address */
  readonly path: readonly string[]
}

/** Longer data are lists of goods. Characters. */
const MOST_DATA = 100_000

export function pageFactsOf(title: string, data: readonly string[], url: URL): PageFacts {
  const all = data.join(' ').slice(0, MOST_DATA)
  return {
    title,
    data: lettersOf(all.replace(/\\[nrt"]/g, ' ').replace(/<[^<>]*>/g, ' ')),
    types: [...all.matchAll(/"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"([^"]{1,60})"/g)]
      .map(([, type]) => type)
      .join(' ')
      .toLowerCase(),
    path: url.pathname.split('/').filter(part => part !== '')
  }
}
