import type { Step } from '../step.js'
import { closest, elements, insertBefore, rename } from '../tree/tree.js'

/** A CAPTION may not contain blocks (HTML 4.01, 11.2.2): one with a form becomes a block before its table. */
export const freeCaptions: Step = {
  name: 'free-captions',
  run({ body, names }) {
    if (!names.has('caption') || !names.has('form')) return
    for (const form of elements(body, 'form')) {
      const caption = closest(form, 'caption')
      const table = caption === undefined ? undefined : closest(caption, 'table')
      if (caption === undefined || table === undefined) continue
      insertBefore(caption, table)
      rename(caption, 'div', {})
    }
  }
}
