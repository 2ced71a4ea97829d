/**
 * What is used of an AbortSignal, which is one too. Node takes 5 µs to make an AbortSignal and 3 to abort it (it
 * changes the prototype of an EventTarget), which for each request are more than to understand its address.
 */
export interface Signal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  /** A listener that is there already is not added again; none is called twice. */
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** Ends what waits for its signal. */
export interface Ending {
  readonly signal: Signal
  /** The first reason counts. */
  end(reason: unknown): void
}

class PlainSignal implements Signal {
  aborted = false
  reason: unknown = undefined
  /** Most have one, for which a set takes longer than all else here. */
  #first: (() => void) | undefined
  #others: Set<() => void> | undefined
  #whole: AbortController | undefined

  throwIfAborted(): void {
    if (this.aborted) throw this.reason
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    if (this.aborted || this.#first === listener) return
    if (this.#first === undefined && this.#others === undefined) this.#first = listener
    else (this.#others ??= new Set()).add(listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    if (this.#first === listener) this.#first = undefined
    else this.#others?.delete(listener)
  }

  end(reason: unknown): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason
    this.#whole?.abort(reason)
    // Each may take away others that have not been called yet.
    if (this.#first !== undefined) callAlone(this.#first)
    for (const listener of this.#others ?? []) callAlone(listener)
    this.#first = this.#others = undefined
  }

  /** For those who take nothing else: Node's own functions, and libraries. */
  whole(): AbortSignal {
    if (this.#whole === undefined) {
      this.#whole = new AbortController()
      if (this.aborted) this.#whole.abort(this.reason)
    }
    return this.#whole.signal
  }
}

/** As events do it: what one listener throws keeps no other from being called. */
function callAlone(listener: () => void): void {
  try {
    listener()
  } catch (error) {
    process.nextTick(() => {
      throw error
    })
  }
}

export function createEnding(): Ending {
  const signal = new PlainSignal()
  return { signal, end: reason => signal.end(reason) }
}

/** An ending of its own, which comes as well when another signal aborts. */
export interface EndingUnder extends Ending {
  /** Nothing is left that could end: the other signal, under which there may be many, keeps no listener for each. */
  release(): void
}

/** What AbortSignal.any would do, which with its weak references costs as much as the rest of a request together. */
export function createEndingUnder(signal: Signal): EndingUnder {
  const own = new PlainSignal()
  const endAsWell = (): void => own.end(signal.reason)
  if (signal.aborted) endAsWell()
  else signal.addEventListener('abort', endAsWell, { once: true })
  return { signal: own, end: reason => own.end(reason), release: () => signal.removeEventListener('abort', endAsWell) }
}

/** An ending that comes after a time as well. */
export interface EndingWithin extends EndingUnder {
  /** Whether it has come because that time was over, and not one that the other signal has */
  isLate(): boolean
}

/**
 * AbortSignal.timeout() inside of AbortSignal.any() does not do for this: nothing holds it there, and with the next
 * collection of memory it is gone without having ended anything (Node 20.20: all of 50).
 *
 * @param late makes the reason when its time is over: an error, with its trace, takes longer than all else here
 */
export function createEndingWithin(
  signal: Signal,
  milliseconds: number,
  late: () => unknown = () => new DOMException('its time is over', 'TimeoutError')
): EndingWithin {
  const ending = createEndingUnder(signal)
  let isLate = false
  const timer = setTimeout(() => {
    isLate = !ending.signal.aborted
    ending.end(late())
  }, milliseconds).unref()
  return {
    signal: ending.signal,
    end: ending.end,
    isLate: () => isLate,
    release: () => {
      clearTimeout(timer)
      ending.release()
    }
  }
}

/** Does work under a signal that aborts after a time as well. */
export async function underTimeLimit<T>(
  signal: Signal,
  milliseconds: number,
  work: (signal: Signal) => Promise<T>
): Promise<T> {
  const limit = createEndingWithin(signal, milliseconds)
  try {
    return await work(limit.signal)
  } finally {
    limit.release()
  }
}

/** Whether a signal has aborted because a time was over, and not because nobody waits any more. */
export const isTimeOver = ({ aborted, reason }: Signal): boolean =>
  aborted && reason instanceof DOMException && reason.name === 'TimeoutError'

/** The same signal as an AbortSignal, for those who take nothing else. */
export function abortSignalOf(signal: Signal): AbortSignal {
  if (signal instanceof AbortSignal) return signal
  if (signal instanceof PlainSignal) return signal.whole()
  throw new TypeError('not a signal')
}
