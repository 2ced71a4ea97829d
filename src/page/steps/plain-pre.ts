import { iconsAsText } from '../preformatted/icons-as-text.js'
import { narrowGaps } from '../preformatted/narrow-gaps.js'
import type { Step } from '../step.js'
import { walk } from '../tree/tree.js'

/** Keeps the lines of preformatted text whole: icons become text, and columns move together where lines are too wide. */
export const plainPre: Step = {
  name: 'plain-pre',
  run({ body, names }, { profile: { preColumns } }) {
    if (!names.has('pre')) return
    walk(body, pre => {
      if (pre.tagName !== 'pre') return true
      iconsAsText(pre)
      narrowGaps(pre, preColumns)
      // What is in it has been read with it.
      return false
    })
  }
}
