import { resolve } from '../addresses/address.js'
import type { Announced } from '../tree/announced.js'
import type { PageContext } from '../step.js'

/** A shorter article may be only a beginning, or none: then another form of the page is worth a request. Characters. */
export const SHORT_ARTICLE = 1000

/** The host without the prefixes that sites use for other forms of their pages. */
const siteOf = ({ hostname }: URL): string => hostname.replace(/^(www|m|mobile|amp|print)\./, '')

/** Whether two addresses are of one site, as far as their hosts tell. */
export const isSameSite = (url: URL, other: URL): boolean => siteOf(url) === siteOf(other)

const withoutPlace = ({ href, hash }: URL): string => href.slice(0, href.length - hash.length)

/**
 * The address of the AMP form of a page, else of its print form: both have text that needs no script. Undefined if the
 * page announces none on its own site, or only itself.
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
