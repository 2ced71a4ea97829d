import { restOf } from '../order/rest/find-rest.js'
import type { Step } from '../step.js'

/** A front page is about all that stands on it. */
const isFront = ({ pathname, search }: URL): boolean => pathname === '/' && search === ''

/** Finds what stands behind the content of a page and may come as a part of its own; it changes nothing. */
export const findRest: Step = {
  name: 'find-rest',
  run(page, { parts, posted, url }) {
    if (page.content === undefined || parts?.mostBytes === undefined || posted === true || isFront(url)) return
    page.rest ??= restOf(page.content, page.body, url)
  }
}
