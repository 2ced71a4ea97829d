import { FAILURES, type Failure } from '../failures.js'
import { cutText } from './cut-text.js'
import { frame, html, type Html } from './html.js'

/** What is shown of an address: these pages are made on the thread that serves everybody. Characters. */
const SHOWN_LENGTH = 1000
/** What is shown of the detail of a failure. Characters. */
export const SHOWN_DETAIL = 300

/** What went wrong, what to try, which address it was, and the id under which the log has it (empty: it has none). */
export function errorPage(failure: Failure, address: string, portal: string, id: string): Html {
  const { title, sentence, advice } = FAILURES[failure.code]
  return frame(
    title,
    html`
<h1>${title}</h1>
<p>${sentence}</p>
<p>${advice}</p>
${address === '' ? '' : html`<p>Address: <b>${cutText(address, SHOWN_LENGTH)}</b></p>`}
<hr>
<p><small>Retrograde: ${failure.code}${failure.detail === '' ? '' : html` (${failure.detail.slice(0, SHOWN_DETAIL)})`}${id === '' ? '' : html` #${id}`} | <a href="${portal}/">Home page</a></small></p>`
  )
}
