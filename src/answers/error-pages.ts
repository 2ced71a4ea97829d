import { randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { boundedKey } from '../bytes/bounded-key.js'
import { FAILURES, type Failure } from '../failures.js'
import { errorPage, SHOWN_DETAIL } from '../portal/error.js'
import type { ErrorPages, PageWriter } from '../request/services.js'
import type { Viewer } from '../request/visit-state.js'
import { portalPage } from './own-page.js'

/** Kept pages, of a few hundred bytes each; the one that was used longest ago is dropped. */
const MOST_KEPT = 500

interface Kept {
  readonly status: number
  readonly contentType: string
  /** The page, its bytes as Latin-1 */
  readonly text: string
}

/** Placeholders for the parts of a page that differ from client to client; all charsets here contain ASCII as it is. */
interface Marks {
  readonly id: string
  readonly portal: string
}

/** Random, so that nobody can make a failure's text contain them. */
function createMarks(): Marks {
  const word = (): string => randomBytes(6).toString('hex')
  return { id: word(), portal: `http://${word()}.invalid` }
}

/** @param writer with the rules of one time: new rules need new pages */
export function createErrorPages(writer: PageWriter): ErrorPages {
  const marks = createMarks()
  const pages = new LRUCache<string, Kept>({ max: MOST_KEPT })

  function make({ client }: Pick<Viewer, 'client'>, failure: Failure): Kept {
    const viewer = { client, portal: marks.portal, gateway: '', choices: {} }
    const page = errorPage(failure, { address: '', portal: marks.portal, id: marks.id })
    const { status, headers, body } = portalPage(viewer, { page, status: FAILURES[failure.code].status }, writer)
    return { status, contentType: String(headers['content-type']), text: body.toString('latin1') }
  }

  return {
    of({ client, portal }, failure, id) {
      const { profile, display } = client
      const detail = failure.detail.slice(0, SHOWN_DETAIL)
      const key = boundedKey(JSON.stringify([failure.code, detail, profile.id, display.id, profile.text.charset]))
      const page = pages.get(key) ?? make({ client }, failure)
      pages.set(key, page)
      const body = Buffer.from(
        page.text.replaceAll(marks.id, () => id).replaceAll(marks.portal, () => portal),
        'latin1'
      )
      return { status: page.status, headers: { 'content-type': page.contentType }, body }
    }
  }
}
