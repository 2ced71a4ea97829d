import { select } from '../css/select.js'
import type { Step } from '../step.js'
import { appendAll, createElement } from '../tree/tree.js'

/**
 * Removes the elements that the rule of the site names: bars, counters and boxes that no general step can tell from the
 * content.
 */
export const removeSiteParts: Step = {
  name: 'remove-site-parts',
  run({ body }, { site }) {
    if (site?.remove === undefined) return
    // They are removed all at once: one by one, each would be searched for among its siblings.
    appendAll(createElement('div'), select(body, site.remove))
  }
}
