import { LRUCache } from 'lru-cache'
import { FAILURES, type Failure } from '../failures.js'
import { errorPage } from '../portal/error.js'
import { ownPage } from './own.js'
import type { Viewer } from './page/page-job.js'
import type { ErrorPages, Stages } from '../request/visit-state.js'

/** A page has a few hundred bytes. Those used longest ago are made again. */
const MOST_KEPT = 500

/** Stand in a page where it is not the same for all; every charset here has ASCII as it is. */
const ANY_ID = '00000000'
const ANY_PORTAL = 'http://portal.invalid'

interface Kept {
  readonly status: number
  readonly contentType: string
  /** Bytes as Latin-1 */ readonly text: string
}

export function createErrorPages(): ErrorPages {
  const pages = new LRUCache<string, Kept>({ max: MOST_KEPT })
  let rules: Stages['rules'] | undefined

  function make({ client, stages }: Pick<Viewer, 'client' | 'stages'>, failure: Failure): Kept {
    const viewer = { client, stages, portal: ANY_PORTAL, gateway: '', choices: {} }
    const { status, headers, body } = ownPage(
      viewer,
      errorPage(failure, '', ANY_PORTAL, ANY_ID),
      FAILURES[failure.code].status
    )
    return { status, contentType: String(headers['content-type']), text: body.toString('latin1') }
  }

  return {
    of(viewer, failure, id) {
      const {
        client: { profile, display },
        portal,
        stages
      } = viewer
      if (rules !== stages.rules) pages.clear()
      rules = stages.rules
      const key = JSON.stringify([failure.code, failure.detail, profile.id, display.id, profile.text.charset])
      const page = pages.get(key) ?? make(viewer, failure)
      pages.set(key, page)
      const body = Buffer.from(
        page.text.replaceAll(ANY_ID, () => id).replaceAll(ANY_PORTAL, () => portal),
        'latin1'
      )
      return { status: page.status, headers: { 'content-type': page.contentType }, body }
    }
  }
}
