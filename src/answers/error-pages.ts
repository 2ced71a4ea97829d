import { randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { boundedKey } from '../bytes/bounded-key.js'
import { FAILURES, type Failure } from '../failures.js'
import { errorPage, SHOWN_DETAIL } from '../portal/error.js'
import type { ErrorPages, PageWriter } from '../request/services.js'
import type { Viewer } from '../request/visit-state.js'
import { portalPage } from './own-page.js'

/** A page has a few hundred bytes. Those used longest ago are made again. */
const MOST_KEPT = 500

interface Kept {
  readonly status: number
  readonly contentType: string
  /** Bytes as Latin-1 */
  readonly text: string
}

/** What stands in a page where it is not the same for all; every charset here has ASCII as it is. */
interface Marks {
  readonly id: string
  readonly portal: string
}

/** Nobody can know them, and write them into what is told of a failure. */
function createMarks(): Marks {
  const word = (): string => randomBytes(6).toString('hex')
  return { id: word(), portal: `http://${word()}.invalid` }
}

/** @param writer by the rules of one time: other rules have other pages */
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
