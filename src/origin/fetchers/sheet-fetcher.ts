import { LRUCache } from 'lru-cache'
import { untilAborted } from '../../async/until-aborted.js'
import { boundedKey } from '../../bytes/bounded-key.js'
import { createInFlight } from '../../async/in-flight.js'
import type { Door } from '../door.js'
import { fetchBytes, type FetchedFor } from './fetch-bytes.js'
import type { Signal } from '../../async/signal.js'

/** A style sheet as it came, without its content codings. */
export interface SheetBody {
  readonly contentType: string
  readonly bytes: Buffer
}

/**
 * The style sheet at an address, or undefined when it cannot be fetched, or not before the signal aborts. Never
 * rejects. It is fetched anonymously, without cookies and Referer, so that it is the same for all clients and can be
 * kept for them. The page that requests it first pays for the traffic.
 */
export type FetchSheet = (url: URL, signal: Signal, page: FetchedFor) => Promise<SheetBody | undefined>

export interface SheetFetcherOptions {
  readonly door: Pick<Door, 'fetch'>
  /** A longer sheet is left out */
  readonly maxBytes: number
  /** Memory for the sheets of all sites */
  readonly maxKeptBytes: number
}

/** A sheet is fetched again after so long; one that failed sooner. Milliseconds. */
const KEPT_MILLISECONDS = 15 * 60 * 1000
const FAILED_MILLISECONDS = 60 * 1000
/** A sheet that is too late for its page may still arrive for the next one. Seconds. */
const LATE_SECONDS = 10
/** Sheets being fetched for all clients; further ones are left out. */
const MOST_UNDER_WAY = 32
/** What a kept sheet takes besides its bytes. Bytes. */
const ENTRY_BYTES = 500

const NONE: SheetBody = { contentType: '', bytes: Buffer.alloc(0) }

// An HTML page that says "not found" is not a sheet, whatever its status.
const isSheet = (status: number, contentType: string): boolean =>
  status === 200 && /^\s*(text\/css\b|$)/i.test(contentType)

/** @throws Failure when the origin cannot or must not be asked. */
async function ask({ door, maxBytes }: SheetFetcherOptions, url: URL, page: FetchedFor): Promise<SheetBody> {
  const { status, contentType, bytes, cut } = await fetchBytes(door, url, {
    ...page,
    fields: { accept: 'text/css,*/*;q=0.1' },
    maxBytes,
    timeoutSeconds: LATE_SECONDS,
    signal: AbortSignal.timeout(LATE_SECONDS * 1000),
    wants: isSheet
  })
  return cut === undefined && isSheet(status, contentType) ? { contentType, bytes } : NONE
}

/** Failures are remembered too. */
const ifAny = (sheet: SheetBody | undefined): SheetBody | undefined =>
  sheet === undefined || sheet.bytes.length === 0 ? undefined : sheet

/**
 * Fetches style sheets through the door, each once for all pages that want it at the same time, and keeps them for a
 * while.
 */
export function createSheetFetcher(options: SheetFetcherOptions): FetchSheet {
  const kept = new LRUCache<string, SheetBody>({
    maxSize: options.maxKeptBytes,
    sizeCalculation: ({ bytes }, address) => bytes.length + address.length + ENTRY_BYTES
  })
  const underWay = createInFlight<SheetBody>(MOST_UNDER_WAY)

  async function load(url: URL, page: FetchedFor): Promise<SheetBody> {
    const sheet = await ask(options, url, page).catch(() => NONE)
    kept.set(boundedKey(url.href), sheet, { ttl: sheet === NONE ? FAILED_MILLISECONDS : KEPT_MILLISECONDS })
    return sheet
  }

  return async (url, signal, page) => {
    const key = boundedKey(url.href)
    const found = kept.get(key)
    if (found !== undefined) return ifAny(found)
    const sheet = underWay(key, url.host, () => load(url, page))
    return sheet === undefined ? undefined : ifAny(await untilAborted(sheet, signal))
  }
}
