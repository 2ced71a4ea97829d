import type { ResponseFacts } from '../decide/decide.js'
import { bareType, fileName } from '../page/read/document-kind.js'
import type { Fetched } from './visit-state.js'

/** Programs that download or play files: what they request is never shown as a page. */
const FETCHERS =
  /^(wget|curl|libcurl|aria2|axel|httrack|getright|go!zilla|netants|flashget|reget|download|snarf|pavuk|leech|igetter|speed ?download|nsplayer|windows-media|quicktime|realplayer|realmedia|rma\/|winamp|itunes|mplayer|xine|vlc|xmms|audion|soundjam|freeamp|sonique|netnewswire|feedreader|amphetadesk|straw|liferea)/i

/** Whether the client says that it can use a type itself, and does not ask for HTML. */
function asksFor(accept: string, contentType: string): boolean {
  const type = bareType(contentType)
  return type !== '' && type !== 'text/plain' && accept.toLowerCase().includes(type) && !/text\/html/i.test(accept)
}

/**
 * What is known about a response before its first bytes are read.
 * @param maxBytes of a page
 */
export function responseFacts({ visit: { request }, plan, response }: Fetched, maxBytes: number): ResponseFacts {
  const { method, headers } = request
  const contentType = response.headers['content-type'] ?? ''
  return {
    method,
    status: response.status,
    contentType,
    disposition: response.headers['content-disposition'] ?? '',
    name: fileName(plan.url),
    raw: plan.raw,
    fetches:
      headers.range !== undefined ||
      FETCHERS.test(headers['user-agent'] ?? '') ||
      asksFor(headers.accept ?? '', contentType),
    tooLong: Number(response.headers['content-length'] ?? 0) > maxBytes,
    start: undefined
  }
}
