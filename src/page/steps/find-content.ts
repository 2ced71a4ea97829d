import { contentOf } from '../content/content.js'
import type { Step } from '../step.js'

/** Finds what the page is about, for the steps that move, leave out or show that; it changes nothing. */
export const findContent: Step = {
  name: 'find-content',
  run(page, context) {
    page.content ??= contentOf(page, context)
  }
}
