import { playablePlaylist, playlistType } from '../decide/playlist.js'
import { passedHeaders } from '../origin/headers/answer-headers.js'
import { fileName } from '../page/read/document-kind.js'
import { personalOf } from '../request/personal.js'
import type { Fetched, Visited } from '../request/visit-state.js'

/** A playlist, with entries that players of the time can open. */
export function playlistAnswer({ visit, plan, response }: Fetched, bytes: Buffer): Visited {
  // The tag is that of other bytes.
  const { etag: _, ...passed } = passedHeaders(response.headers, true)
  return {
    kind: 'passthrough',
    status: response.status,
    headers: {
      ...passed,
      ...personalOf(visit, response),
      'content-type': playlistType(response.headers['content-type'] ?? '', fileName(plan.url))
    },
    body: playablePlaylist(bytes, plan.gateway),
    originBytes: bytes.length
  }
}
