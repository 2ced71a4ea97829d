import type { Soon } from '../../async/soon.js'
import type { IncomingHttpHeaders } from 'node:http'
import { discard } from '../../bytes/discard.js'
import { LRUCache } from 'lru-cache'
import { createEnding, type Ending } from '../../async/signal.js'
import { personKeyOf } from '../../clients/person-key.js'
import { locate, type PortalNames } from '../../front/locate.js'
import type { VisitRequest, Visited } from '../../request/visit-state.js'

/**
 * The images of pages that are still on their way through a modem: they are fetched and converted meanwhile, so that
 * the browser's requests for them have their answers at once.
 */
export interface ImagesAhead {
  /** What was fetched ahead for this request, once; undefined if nothing was, or if it turns out to be of no use. */
  take(request: VisitRequest): Promise<Visited | undefined> | undefined
  /** Begins with the first images of a page that was answered; those of the page before are given up. */
  begin(request: VisitRequest, page: Visited): void
}

export interface ImagesAheadOptions {
  /** Images of one page; 0: none */
  readonly most: number
  readonly names: () => PortalNames
  /** A visit for an image, as if its client had asked for it; never throws or rejects */
  readonly visit: (request: VisitRequest) => Soon<Visited>
  readonly count: (what: 'ahead', found: boolean) => void
}

/** A slow modem takes a page of 60 KB in so long; the browser has asked by then. Milliseconds. */
const KEPT_MILLISECONDS = 60_000
/** Images of one page that are made at the same time: the modem takes longer for each than we do. */
const AT_ONCE = 2
/** Machines whose pages are on their way. */
const MOST_PERSONS = 500
/** What is larger is asked for again: it is kept as an image of its site (memory/image-cache.ts). Bytes. */
const MOST_BYTES = 128 * 1024

/** Why the rest of the images is not made. */
const GONE_ON = new DOMException('The person has gone on to another page', 'AbortError')

/** Fields of the request for a page that its images do not have: they ask for one version, a part, or bring a body. */
const OF_THE_PAGE = /^(if-.*|range|pragma|cache-control|content-.*|transfer-encoding|expect|referer)$/
/** Fields that are for the host of the page alone. */
const OF_THE_HOST = /^(cookie|authorization)$/

/** The images of the page that one person waits for. */
interface Page {
  /** Those that the browser will ask for (keyOf()) */
  readonly expected: ReadonlySet<string>
  readonly made: Map<string, Promise<Visited>>
  readonly ending: Ending
  /** An image was asked for since: this browser loads images, and not only when told to */
  isLoading: boolean
}

function headersFor(page: IncomingHttpHeaders, referer: string, sameHost: boolean): IncomingHttpHeaders {
  const kept = Object.entries(page).filter(([name]) => !OF_THE_PAGE.test(name) && (sameHost || !OF_THE_HOST.test(name)))
  return { ...Object.fromEntries(kept), referer }
}

/** The address of a page as its client knows it. */
function addressOf({ located }: VisitRequest): string {
  if (located.kind === 'origin') return `${located.gateway}${located.url.href}`
  return located.kind === 'portal' ? `${located.portal}${located.path}?${located.query}` : ''
}

/** The request that a browser sends for an image of a page; undefined if it is none of a site. */
function requestFor(page: VisitRequest, address: string, options: ImagesAheadOptions): VisitRequest | undefined {
  const { located: from, headers } = page
  const gateway = from.kind === 'bad' ? '' : from.gateway
  const full = address.startsWith('/') ? new URL(address, addressOf(page)).href : address
  // Behind our own address the browser asks for the path alone.
  const target = gateway !== '' && full.startsWith(gateway) ? full.slice(gateway.length - 1) : full
  const located = locate(target, headers.host, options.names())
  if (located.kind !== 'origin') return undefined
  const sameHost = from.kind === 'origin' && from.url.host === located.url.host
  return {
    ...page,
    method: 'GET',
    located,
    headers: headersFor(headers, addressOf(page), sameHost),
    readBody: async () => Buffer.alloc(0)
  }
}

const keyOf = ({ located, headers }: VisitRequest): string =>
  located.kind === 'origin' ? `${headers['user-agent'] ?? ''} ${located.url.href}` : ''

/** A request for bytes as they are now, all of them, which is what was fetched ahead. */
const isPlain = ({ method, headers }: VisitRequest): boolean =>
  method === 'GET' && Object.keys(headers).every(name => name === 'referer' || !OF_THE_PAGE.test(name))

const isOfUse = ({ kind, status, body }: Visited): boolean =>
  kind === 'image' && status === 200 && Buffer.isBuffer(body) && body.length <= MOST_BYTES

export function createImagesAhead(options: ImagesAheadOptions): ImagesAhead {
  const { most, visit, count } = options
  const pages = new LRUCache<string, Page>({
    max: MOST_PERSONS,
    ttl: KEPT_MILLISECONDS,
    dispose: ({ ending }) => ending.end(GONE_ON)
  })

  /** Makes one image after the other, until the person has gone on. */
  async function make({ made, ending: { signal } }: Page, left: IterableIterator<VisitRequest>): Promise<void> {
    for (const request of left) {
      if (signal.aborted) return
      const visited = Promise.resolve(visit({ ...request, signal }))
      made.set(keyOf(request), visited)
      await visited
    }
  }

  async function ifOfUse({ ending: { signal } }: Page, made: Promise<Visited>): Promise<Visited | undefined> {
    const visited = await made
    const found = isOfUse(visited) && !signal.aborted
    if (!found && !Buffer.isBuffer(visited.body)) discard(visited.body)
    count('ahead', found)
    return found ? visited : undefined
  }

  return {
    take(request) {
      const page = pages.get(personKeyOf(request))
      if (page === undefined || request.located.kind !== 'origin') return undefined
      const key = keyOf(request)
      if (page.expected.has(key)) page.isLoading = true
      const made = page.made.get(key)
      if (made === undefined || !isPlain(request)) return undefined
      page.made.delete(key)
      return ifOfUse(page, made)
    },
    begin(request, { images = [] }) {
      if (most === 0 || images.length === 0) return
      const key = personKeyOf(request)
      const before = pages.get(key)
      const requests = [...new Set(images)]
        .slice(0, most)
        .map(address => requestFor(request, address, options))
        .filter(asked => asked !== undefined)
      const page = {
        expected: new Set(requests.map(keyOf)),
        made: new Map(),
        ending: createEnding(),
        isLoading: false
      }
      pages.set(key, page)
      // Images that nobody asked for last time are not made this time: the browser loads them only when told to.
      if (before?.isLoading === false) return
      const left = requests.values()
      for (let at = 0; at < AT_ONCE; at++) void make(page, left)
    }
  }
}
