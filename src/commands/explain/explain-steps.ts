import type { Observer } from '../../page/convert.js'
import { serializeOuterHtml } from '../../page/explain.js'
import type { Page } from '../../page/step.js'
import { diffLines } from './diff-lines.js'

/** What steps change of a page, as markup. */
const snapshot = ({ title, body }: Page): string =>
  (title === '' ? '' : `<title>${title}</title>`) + serializeOuterHtml(body)

/** Tells what each step changes, and why it stands where it stands; those that change nothing are passed over. */
export function createExplainer(tell: (text: string) => void): Observer {
  let before = ''
  return (placed, page) => {
    const after = snapshot(page)
    if (placed === undefined) tell(`\nThe page as it was read: ${after.length} characters\n`)
    else if (after !== before) tell(`\n== ${placed.step.name} (${placed.why})\n${diffLines(before, after)}`)
    before = after
  }
}
