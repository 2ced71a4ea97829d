import { whenHere, type Soon } from '../async/soon.js'
import type { Readable } from 'node:stream'
import { discard } from '../bytes/discard.js'
import { isBinary } from '../bytes/is-binary.js'
import { decide, needsStart, type Kind } from '../decide/decide.js'
import { isPackedFile } from '../decide/file-kinds.js'
import { Failure } from '../failures.js'
import { quotaKeyOf } from '../guard/quotas.js'
import { CUT_FAILURES, decodeBody, hasUnknownCoding, peekBody, readBody } from '../origin/body/body.js'
import { peekFirst, type Beginning } from '../origin/body/first-byte.js'
import { asFailure } from '../origin/connect/failure.js'
import { countBytes } from '../origin/traffic.js'
import { writtenAddress } from '../page/addresses/address.js'
import { unsupportedAnswer } from './unsupported.js'
import { blankImage } from './image/image.js'
import { isSurelyInlineImage } from '../request/inline-image.js'
import type { Keepable } from './image/kept-image.js'
import { imageAnswer } from './image/origin-image.js'
import { fetchSheetsAhead } from './page/page-needs.js'
import { pageAnswer } from './page/page.js'
import { playlistAnswer } from './playlist.js'
import { passthroughAnswer, type Passing } from './passthrough.js'
import { responseFacts } from '../request/response-facts.js'
import { unaskedPassword } from '../request/personal.js'
import type { Services } from '../request/services.js'
import type { Fetched, Visited, VisitRequest } from '../request/visit-state.js'

/** Bytes that are enough to recognise what a response without a type is. */
const START_BYTES = 1024

/** What is needed to convert a response. */
type ReadServices = Pick<Services, 'pages' | 'images' | 'origin' | 'writing'>

/** A response that is read as a whole. */
interface Reading extends Pick<Passing, 'body' | 'facts'> {
  /** Its bytes are counted as they arrive */
  readonly counted: boolean
  readonly kind: Kind
  readonly keepable: Keepable | undefined
}

/** Reads a page or an image, and converts it according to its first bytes. */
async function readAnswer(
  fetched: Fetched,
  { body, counted, kind, facts, keepable }: Reading,
  services: ReadServices
): Promise<Visited> {
  const { visit, plan, response } = fetched
  const { request } = visit
  const { config, memoryBudget } = services.origin
  // In the place of an image nobody would see a page, which would be converted with all that it needs.
  const isSeen = !isSurelyInlineImage(visit, plan)
  const read = await readBody(body, {
    maxBytes: kind === 'image' ? config.maxImageBytes : config.maxPageBytes,
    timeoutSeconds: config.readTimeoutSeconds,
    reserve: memoryBudget.forVisit(quotaKeyOf(request), request.signal),
    onBeginning:
      kind === 'page' && isSeen ? beginning => void fetchSheetsAhead(fetched, beginning, services.pages) : undefined
  })
  if (read.cut === 'memory') throw new Failure(CUT_FAILURES.memory, 'memory')
  if (!counted) response.traffic.bytes += read.bytes.length
  if (read.bytes.length === 0 && read.error !== undefined) throw asFailure(read.error)
  if (read.bytes.length === 0 && read.cut === 'time') throw new Failure(CUT_FAILURES.time, 'the rest of the answer')
  // What was taken for a page may be an image, or the reverse: only now are the first bytes known.
  const really = decide({ ...facts, start: read.bytes.subarray(0, START_BYTES) })
  const coding = response.headers['content-encoding']
  if (really === 'page' && hasUnknownCoding(coding) && isBinary(read.bytes.subarray(0, START_BYTES)))
    throw new Failure('BAD_ANSWER', `Content-Encoding: ${coding ?? ''}`)
  if (really === 'playlist') return playlistAnswer(fetched, read.bytes)
  if (really === 'image') return await imageAnswer(fetched, { read, keepable }, services)
  return really === 'page' && !isSeen ? blankImage() : await pageAnswer(fetched, read, services)
}

/** A body and its first bytes, if any are wanted, which are still in it unless they are all of it. */
interface Peeked {
  readonly start: Buffer | undefined
  readonly body: Readable
  readonly isWhole?: boolean
}

/** @param length of the body, NaN if it is not known. Bytes. */
function peeked(body: Readable, wanted: number, length: number): Soon<Peeked> {
  if (wanted > 1) return peekBody(body, wanted)
  if (wanted === 0) return { start: undefined, body }
  const withBody = ({ start, isWhole }: Beginning): Peeked => ({ start, body, isWhole })
  return whenHere(peekFirst(body, length), withBody)
}

/** Whether a client has a copy, and asks for a newer one alone. */
const asksForChange = ({ headers }: Pick<VisitRequest, 'headers'>): boolean =>
  headers['if-modified-since'] !== undefined || headers['if-none-match'] !== undefined

/** Decides what a response is by its head and its first bytes. */
async function decidedAnswer(
  fetched: Fetched,
  keepable: Keepable | undefined,
  services: ReadServices
): Promise<Visited> {
  const { visit, response } = fetched
  if (response.status === 304 && !asksForChange(visit.request)) {
    discard(response.body)
    throw new Failure('BAD_ANSWER', '304 Not Modified, to who has no copy')
  }
  const unasked = unaskedPassword(fetched)
  if (unasked !== undefined) {
    discard(response.body)
    throw unasked
  }
  const facts = responseFacts(fetched, services.origin.config.maxPageBytes)
  const byHead = decide(facts)
  if (byHead === 'unsupported') return unsupportedAnswer(fetched, services.writing)
  const coding = response.headers['content-encoding']
  const isPacked = coding !== undefined && isPackedFile(facts.contentType, facts.name)
  const decoded = visit.request.method === 'HEAD' || isPacked ? response.body : decodeBody(response.body, coding)
  if (decoded === undefined) throw new Failure('BAD_ANSWER', `Content-Encoding: ${coding ?? ''}`)
  if (decoded !== response.body) countBytes(response.body, response.traffic)
  const known = isPacked ? 'passthrough' : needsStart(facts) ? undefined : byHead
  // What is passed on is begun only when its first byte is here: until then a failure has a page.
  const wanted = known === undefined ? START_BYTES : known === 'passthrough' && visit.request.method === 'GET' ? 1 : 0
  const isCoded = decoded !== response.body
  const peeking = peeked(decoded, wanted, isCoded ? NaN : Number(response.headers['content-length']))
  const { start, body, isWhole } = peeking instanceof Promise ? await peeking : peeking
  const kind = known ?? decide(Object.assign({}, facts, { start }))
  if (kind === 'unsupported') {
    body.destroy()
    return unsupportedAnswer(fetched, services.writing)
  }
  if (kind === 'passthrough') {
    const whole = isWhole === true ? start : undefined
    return passthroughAnswer(fetched, { body, whole, coded: isCoded, facts: Object.assign({}, facts, { start }) })
  }
  return await readAnswer(fetched, { body, counted: isCoded, kind, facts, keepable }, services)
}

/**
 * Decides what a response is, and converts it.
 * @throws Failure when it cannot be read or converted.
 */
export const convertedAnswer = (
  fetched: Fetched,
  keepable: Keepable | undefined,
  services: ReadServices
): Promise<Visited> =>
  decidedAnswer(fetched, keepable, services).then(answer => {
    const { visit, plan } = fetched
    // A META refresh counts as one more redirect of the chain.
    if (answer.kind !== 'redirect') services.origin.redirectHistory.end(visit.personKey, writtenAddress(plan.url, plan))
    return answer
  })
