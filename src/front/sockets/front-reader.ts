import type { Socket } from 'node:net'
import type { BadRequestReason } from '../head/bad-request.js'
import type { RequestStream } from '../request-stream.js'
import { handOver, type HandedOver } from './handed-over.js'
import { linger, type FrontState } from './linger.js'

/** What a FrontReader starts with. */
export interface FrontReaderOptions {
  readonly socket: Socket
  /** The reader that has already seen the first head. */
  readonly requests: RequestStream
  /** What that reader returned. */
  readonly first: readonly Buffer[]
  readonly state: FrontState
  /** Gives a socket to Node's http server. */
  readonly hand: (socket: Socket) => void
  /** Called once, when a later request on the connection cannot be understood. */
  readonly onProblem: (reason: BadRequestReason, socket: Socket) => void
  /** Called when a later request is CONNECT, with its head and what came behind it; the server has no part in it. */
  readonly onConnect: (bytes: Buffer[]) => void
}

/** Who is told what becomes of a client while it waits for an answer. */
export interface ClientWatch {
  /** It has ended its side, and has asked for nothing else that still waits */
  ended(): void
  closed(): void
}

/** Node's mark of a socket that it has paused together with its parser, until what it has written is sent. */
type PausedByServer = Socket & { readonly _paused?: boolean }

/** A socket carries its reader under this symbol, for the reason that passage.ts gives. */
const readerKey: unique symbol = Symbol('reader')

/** What reads a socket in the place of Node's http server, if anything does. */
export const readerOf = (socket: object): FrontReader | undefined =>
  (socket as { readonly [readerKey]?: FrontReader })[readerKey]

/**
 * Reads a client's socket in the place of Node's http server and hands on what its parser can understand, one request
 * at a time. The server writes to the socket itself: a stream of ours between the two, for both directions, took a
 * third of the processor time of an own page (measured).
 */
export class FrontReader {
  /** Who waits for an answer */
  watch: ClientWatch | undefined
  /** The server was told that the client has ended its side */
  hasEnded = false
  readonly #onProblem: FrontReaderOptions['onProblem']
  readonly #onConnect: FrontReaderOptions['onConnect']
  readonly #socket: Socket
  readonly #requests: RequestStream
  readonly #state: FrontState
  readonly #server: HandedOver
  readonly #toParser: (bytes: Buffer) => void
  readonly #tellEnd: () => void
  #headTimer: NodeJS.Timeout | undefined
  /** Bytes of a head that waits for its turn to be read */
  #unread: Buffer[] = []
  /** What the server has not taken yet, because it has paused the socket */
  #untaken: Buffer[] = []
  /** We have paused the socket, whatever the server wants */
  #isHeld = false
  /** The server wants the socket to go on, once we do */
  #goesOn = false
  #isReported = false
  #isEnding = false
  #isOver = false
  #leave = (): void => {}

  constructor(options: FrontReaderOptions) {
    const { socket, requests, first, state } = options
    // Not the options, in which the first bytes would stay.
    this.#onProblem = options.onProblem
    this.#onConnect = options.onConnect
    this.#socket = socket
    this.#requests = requests
    this.#state = state
    socket.on('error', () => {}) // http removes its own listener after an error, and a reset must not end the process
    Object.assign(socket, { [readerKey]: this, destroySoon: () => this.#endSoon() })
    this.#server = handOver(socket, options.hand)
    // Another listener for its data also ends that the parser reads the socket by itself, below all listeners.
    this.#toParser = this.#server.intercept('data')
    this.#tellEnd = this.#server.intercept('end')
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('end', () => this.#end())
    socket.on('resume', () => this.#resumed())
    socket.on('close', () => this.#close())
    // By then Node knows that nobody waits for 'readable' any more, which makes a socket flow that had been paused.
    // A function that named the first bytes would have all listeners above hold them, as long as the connection is kept.
    process.nextTick((bytes: readonly Buffer[]) => this.#take(bytes), first)
  }

  /** The client has sent more than it has had answers to, and not only the beginning of a head. */
  get hasMore(): boolean {
    return (this.#requests.hasMore && !this.#requests.isInsideHead) || this.#unread.length > 0
  }

  #isGone(): boolean {
    return this.#isOver || this.#socket.destroyed
  }

  /** The answer to the last request is finished: the next request may begin, in its turn. */
  answered(): void {
    const goOn = (): void => {
      if (!this.#isGone() && !this.#socket.writableEnded) this.#take(this.#requests.answered())
    }
    if (this.#requests.hasMore) this.#leave = this.#state.turn(this.#socket, goOn)
    else goOn()
  }

  /**
   * Bodies pass at once, and so do bytes that wait for an answer anyhow; a head that could begin a request waits for
   * its turn if others do.
   */
  #receive(chunk: Buffer): void {
    if (this.#unread.length === 0 && (!this.#requests.isIdle || this.#state.isFree()))
      return this.#take(this.#requests.feed(chunk))
    this.#unread.push(chunk)
    if (this.#unread.length > 1) this.#hold()
    else this.#leave = this.#state.turn(this.#socket, () => this.#read())
  }

  #read(): void {
    const chunks = this.#unread
    this.#unread = []
    for (const chunk of chunks) this.#take(this.#requests.feed(chunk))
  }

  #end(): void {
    this.#read()
    this.#take(this.#requests.end())
  }

  #hold(): void {
    if (this.#isHeld) return
    this.#isHeld = true
    this.#goesOn = !this.#socket.isPaused()
    this.#socket.pause()
  }

  #release(): void {
    if (!this.#isHeld) return
    this.#isHeld = false
    if (this.#goesOn) this.#socket.resume()
  }

  #resumed(): void {
    if (this.#socket.isPaused()) return // again, meanwhile
    if (!this.#isHeld) return this.#take([])
    this.#goesOn = true
    this.#socket.pause()
  }

  #take(bytes: readonly Buffer[]): void {
    if (this.#isGone()) return
    this.#release()
    for (const part of bytes) this.#untaken.push(part)
    this.#handOn()
    if (this.#isGone()) return
    if (this.#requests.isFull) this.#hold()
    this.#watchHead()
    if (this.#requests.problem) this.#reportProblem()
    else if (this.#requests.isExhausted && this.#untaken.length === 0 && this.#goesToServer()) this.#endRequests()
  }

  /** The server pauses a socket while an upload is not read, or its last answer, and then must not be given anything. */
  #handOn(): void {
    while (this.#untaken.length > 0 && !this.#isGone() && this.#goesToServer()) {
      if (this.#untaken[0] === this.#requests.connectHead) return this.#connect()
      this.#toParser(this.#untaken.shift()!)
    }
  }

  /** The server has a socket go on that it has paused, but not one that has ended: what came of that is all here. */
  #goesToServer(): boolean {
    if (!this.#socket.isPaused()) return true
    return this.#socket.readableEnded && (this.#socket as PausedByServer)._paused !== true
  }

  #endRequests(): void {
    if (this.hasEnded) return
    this.hasEnded = true
    this.#tellEnd()
    this.watch?.ended()
  }

  /** A client that sends a head byte by byte (slow loris) would keep resetting the socket's own timeout. */
  #watchHead(): void {
    if (this.#requests.isInsideHead === (this.#headTimer !== undefined)) return
    clearTimeout(this.#headTimer)
    this.#headTimer = undefined
    if (!this.#requests.isInsideHead) return
    this.#headTimer = setTimeout(() => {
      this.#requests.stop('too-slow')
      this.#reportProblem()
    }, this.#state.limits.headTimeoutSeconds * 1000)
  }

  /**
   * Deferred for two turns: Node must first read the requests that came in the same packet, and the answer of one that
   * is answered at once is sent at the end of a turn.
   */
  #reportProblem(): void {
    const reason = this.#requests.problem
    clearTimeout(this.#headTimer)
    if (this.#isReported) return
    this.#isReported = true
    const report = (): void => {
      if (reason && !this.#isGone()) this.#onProblem(reason, this.#socket)
    }
    setImmediate(() => setImmediate(report))
  }

  /** A stream of ours is what a tunnel, or TLS, is made in. */
  #connect(): void {
    const bytes = this.#untaken
    this.#server.takeBack()
    this.#onConnect(bytes)
  }

  /** In the place of the socket's own destroySoon, which the server calls after the last answer. */
  #endSoon(): void {
    const close = (): void => {
      if (this.#isOver) return
      this.#server.takeBack()
      linger(this.#socket, this.#state)
    }
    if (this.#isEnding) return
    this.#isEnding = true
    if (this.#socket.writable) this.#socket.end()
    if (this.#socket.writableFinished) close()
    else this.#socket.once('finish', close)
  }

  #close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#untaken = []
    this.#unread = []
    clearTimeout(this.#headTimer)
    this.#leave()
    this.watch?.closed()
  }
}
