import { FAILURES, type Failure } from '../failures.js'
import { VERSION } from '../config/version.js'
import { cutText } from '../bytes/cut-text.js'
import { frame, html, type Html } from './html.js'

/** How much is shown of an address: these pages are made on the main thread, which serves everybody. Characters. */
const SHOWN_LENGTH = 1000
/** How much is shown of a failure's detail. Characters. */
export const SHOWN_DETAIL = 300

/** Where a failure happened. */
export interface FailedAt {
  /** The address that was requested; empty if it is not to be shown */
  readonly address: string
  readonly portal: string
  /** A copy of the page elsewhere, if there may be one */
  readonly copy?: string | undefined
  /** What more is known of it, as a sentence: what was waited for, why a certificate is not trusted */
  readonly more?: string | undefined
  /** The number under which it stands in the log; empty if it does not */
  readonly id: string
}

/** What went wrong, what to try, which address it was, and where to look for it. */
export function errorPage(failure: Failure, { address, copy, more, portal, id }: FailedAt): Html {
  const { title, sentence, advice } = FAILURES[failure.code]
  return frame(
    title,
    html`
<h1>${title}</h1>
<p>${sentence}${more === undefined ? '' : ` ${more}`}</p>
<p>${advice}</p>
${address === '' ? '' : html`<p>Address: <b>${cutText(address, SHOWN_LENGTH)}</b></p>`}
${copy === undefined ? '' : html`<p>An older copy of the page may be in the <a href="${copy}">Internet Archive</a>.</p>`}
<hr>
<p><small>Retrograde ${VERSION}: ${failure.code}${failure.detail === '' ? '' : html` (${failure.detail.slice(0, SHOWN_DETAIL)})`}${id === '' ? '' : html` #${id}`} | <a href="${portal}/">Home page</a></small></p>`
  )
}
