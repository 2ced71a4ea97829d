import { createBackoff } from '../writing/backoff.js'
import { messageOf } from '../../system-error.js'
import { Refused, type StoreClient } from './client.js'
import { withinTime } from './within-time.js'

/** What a store is asked, by which it is counted. */
export type StoreOperation =
  'person-look' | 'person-load' | 'value-read' | 'write' | 'bytes-read' | 'bytes-write' | 'count'

/** Commands that are sent together, and counted. */
export interface Asking<T> {
  readonly operation: StoreOperation
  readonly work: (client: StoreClient) => Promise<T>
}

/** A connection to a store that may be slow, dead or away for a while. */
export interface Link {
  isUp(): boolean
  /** Asks the store. Rejects at once while it is failing; one that does not answer in time is failing. */
  run<T>(asking: Asking<T>): Promise<T>
  /** It cannot be used any more, for a reason that only the caller knows; it is tried again later. */
  fail(error: unknown): void
  /** Resolves when it is up for the first time, or when so much time is over. */
  ready(milliseconds: number): Promise<void>
  close(): void
}

export interface LinkOptions {
  /** @throws Error */
  readonly open: () => Promise<StoreClient>
  /** Longest wait for an answer. Milliseconds */
  readonly milliseconds: number
  /** What is done on a new connection before it counts as one. @throws Error when it is of no use */
  readonly prepare: (client: StoreClient) => Promise<void>
  readonly onUp: () => void
  readonly onDown: () => void
  /** Tells the operator. */
  readonly note: (message: string) => void
  /** Where the store is, without what is secret */
  readonly place: string
  /** Told of each operation and of how long it took. Milliseconds */
  readonly observe: (operation: StoreOperation, milliseconds: number) => void
}

/** The first try after a failure, and the longest pause between two. Milliseconds. */
const FIRST_RETRY = 250
const LAST_RETRY = 5000
/** What is done first on a new connection may take so many times as long as one answer. */
const PREPARE_ANSWERS = 10

/** Says once that the store fails, and once that it is back. */
function createTrouble({ note, place }: LinkOptions): { begin(error: unknown): void; end(): void } {
  let isOn = false
  return {
    begin(error) {
      if (!isOn)
        note(
          `The shared store (${place}) does not answer (${messageOf(error)}): this proxy goes on with what it knows.`
        )
      isOn = true
    },
    end() {
      if (isOn) note(`The shared store (${place}) answers again.`)
      isOn = false
    }
  }
}

/** A connection that can be used. @throws Error */
async function openPrepared({ open, prepare, milliseconds }: LinkOptions): Promise<StoreClient> {
  const client = await open()
  try {
    await withinTime(prepare(client), milliseconds * PREPARE_ANSWERS)
    return client
  } catch (error) {
    client.close()
    throw error
  }
}

/** Keeps one connection to a store, and makes a new one whenever it is lost. Nothing waits while there is none. */
export function createLink(options: LinkOptions): Link {
  const { milliseconds, onUp, onDown, observe } = options
  const trouble = createTrouble(options)
  const retry = createBackoff({ firstRetry: FIRST_RETRY, lastRetry: LAST_RETRY })
  let client: StoreClient | undefined
  let closed = false

  function failed(which: StoreClient | undefined, error: unknown): void {
    if (closed || which === undefined || which !== client) return
    client = undefined
    which.close()
    trouble.begin(error)
    onDown()
    retry.later(() => void connect())
  }

  async function connect(): Promise<void> {
    try {
      const opened = await openPrepared(options)
      if (closed) return void opened.close()
      client = opened
      opened.onEnd(error => failed(opened, error))
      retry.reset()
      trouble.end()
      onUp()
    } catch (error) {
      if (closed) return
      trouble.begin(error)
      retry.later(() => void connect())
    }
  }

  const first = connect()

  return {
    isUp: () => client !== undefined,
    async run({ operation, work }) {
      const asked = client
      if (asked === undefined) throw new Error('the shared store is away')
      const began = performance.now()
      try {
        return await withinTime(work(asked), milliseconds)
      } catch (error) {
        if (!(error instanceof Refused)) failed(asked, error)
        throw error
      } finally {
        observe(operation, performance.now() - began)
      }
    },
    fail: error => failed(client, error),
    ready: async within => await withinTime(first, within).catch(() => {}),
    close() {
      closed = true
      retry.cancel()
      client?.close()
      client = undefined
    }
  }
}
