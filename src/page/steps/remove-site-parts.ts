import { select } from '../select.js'
import type { Step } from '../step.js'
import { remove } from '../tree.js'

/** Removes what the rule of the site names: bars, counters and boxes that no general step can tell from the content. */
export const removeSiteParts: Step = {
  name: 'remove-site-parts',
  run ({ body }, { site }) {
    if (site?.remove === undefined) return
    for (const element of select(body, site.remove)) remove(element)
  }
}
