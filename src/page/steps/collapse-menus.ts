import { collapseMenus as collapse } from '../menus/collapse-menus.js'
import type { Step } from '../step.js'

/** Replaces the menus of a page with many of them by a link to a page that holds nothing else. */
export const collapseMenus: Step = {
  name: 'collapse-menus',
  run(page, context) {
    collapse(page, context)
  }
}
