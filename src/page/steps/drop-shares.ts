import { dropShareBars } from '../shares/drop-share-bars.js'
import type { Step } from '../step.js'

/** Removes the bars to share a page: no browser of the time could follow their links. */
export const dropShares: Step = {
  name: 'drop-shares',
  run({ body, names }, { shareWords }) {
    if (names.has('a')) dropShareBars(body, shareWords)
  }
}
