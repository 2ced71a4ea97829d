import { resolve } from '../addresses/address.js'
import type { Announced } from '../tree/announced.js'
import type { PageContext } from '../step.js'

/**
 * An article that is shorter may be only its beginning, or none: another form of the page is worth a request.
 * Characters.
 */
export const SHORT_ARTICLE = 1000

/** Hosts of one site that sites give to their other forms. */
const siteOf = ({ hostname }: URL): string => hostname.replace(/^(www|m|mobile|amp|print)\./, '')

/** Whether an address is one of the same site, as far as names of hosts tell. */
export const isSameSite = (url: URL, other: URL): boolean => siteOf(url) === siteOf(other)

const withoutPlace = ({ href, hash }: URL): string => href.slice(0, href.length - hash.length)

/**
 * Where the AMP form of a page is, else its print form: text that needs no script. Undefined if it announces none on
 * its own site, or only itself.
 */
export function otherForm(
  announced: readonly Announced[],
  context: Pick<PageContext, 'url' | 'base' | 'charset'>
): string | undefined {
  for (const wanted of ['amp', 'print']) {
    for (const { kind, href } of announced) {
      const url = kind === wanted ? resolve(href, context) : undefined
      if (
        url !== undefined &&
        /^https?:$/.test(url.protocol) &&
        isSameSite(url, context.url) &&
        withoutPlace(url) !== withoutPlace(context.url)
      )
        return withoutPlace(url)
    }
  }
  return undefined
}
