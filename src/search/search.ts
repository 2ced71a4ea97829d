import { LRUCache } from 'lru-cache'
import { firstToGive } from '../async/first-to-give.js'
import { boundedKey } from '../bytes/bounded-key.js'
import { Failure, FAILURES } from '../failures.js'
import { CUT_FAILURES } from '../origin/body/body.js'
import type { FetchedBytes } from '../origin/fetchers/fetch-bytes.js'
import type { FoundPages } from '../page/read/read-results.js'
import { fillAddress, type BackEnd } from './back-ends.js'
import type { ResultsJob } from './read-answer.js'
import { createEndingWithin, type EndingWithin, type Signal } from '../async/signal.js'

/** What a person looks for. */
export interface Wish {
  readonly words: string
  /** Two or three letters */
  readonly language: string
  /** A further page, of the back end that gave the first */
  readonly more?: { readonly by: string; readonly at: string } | undefined
  /** Whose turn it is (quotaKeyOf()) */
  readonly client: string
  readonly signal: Signal
}

/** Who was asked in vain, and what happened, in a few words. */
export interface Attempt {
  readonly title: string
  readonly reason: string
}

export interface Found extends FoundPages {
  /** Who found it; undefined if nobody did */
  readonly by: { readonly id: string; readonly title: string; readonly home: string } | undefined
  readonly attempts: readonly Attempt[]
}

/** Looks words up. Never rejects. */
export type Search = (wish: Wish) => Promise<Found>

export interface SearchOptions {
  /** They change when the rules are read again */
  readonly backEnds: () => readonly BackEnd[]
  /** The setting: address of an instance, or empty */
  readonly searxng: string
  /** @throws Failure */
  readonly fetch: (url: URL, signal: Signal, language: string) => Promise<FetchedBytes>
  /** What an answer holds; undefined if it is not of the kind that the rules describe. @throws Failure */
  readonly read: (job: ResultsJob, asker: Pick<Wish, 'client' | 'signal'>) => Promise<FoundPages | undefined>
  /** For all that are asked together */
  readonly timeoutSeconds: number
}

/** Who has been silent for so much of the time is not waited for alone: the next one is asked as well. */
const SILENT_SHARE = 1 / 6
/** One that failed is asked after all others for so long. Milliseconds. */
const FAILED_MILLISECONDS = 5 * 60 * 1000
/** Back ends that are remembered as failed; nobody has more. */
const MOST_FAILED = 100
/** Answers are kept for people who go back and forth; back ends refuse those who ask too often. */
const KEPT_ANSWERS = 200
const KEPT_MILLISECONDS = 10 * 60 * 1000
/** The fields that lead to a next page are shorter. Characters. */
const NEXT_LENGTH = 500
const NUMBER = /^\d{1,6}$/

/** What is put into the address for a further page; undefined if it is not of the kind that the back end gives. */
function nextOf({ html }: BackEnd, at: string): string | undefined {
  if (at.length > NEXT_LENGTH) return undefined
  if (html?.next === undefined) return NUMBER.test(at) ? at : undefined
  const { fields, largest } = html.next
  const given = [...new URLSearchParams(at)].filter(([name]) => fields.includes(name))
  return given.some(([name, value]) => name === largest && NUMBER.test(value))
    ? new URLSearchParams(given).toString()
    : undefined
}

function addressOf(
  backEnd: BackEnd,
  values: Readonly<Record<string, string>>,
  at: string | undefined
): URL | undefined {
  if (backEnd.address.includes('{searxng}') && values.searxng === '') return undefined
  if (at === undefined) return fillAddress(backEnd.address, values)
  const next = nextOf(backEnd, at)
  return backEnd.next === undefined || next === undefined
    ? undefined
    : fillAddress(backEnd.next, { ...values, at: next })
}

function reasonOf(error: unknown, timedOut: boolean): string {
  if (timedOut) return FAILURES.TIMED_OUT.title
  if (!(error instanceof Failure)) return FAILURES.INTERNAL.title
  return error.code === 'BAD_ANSWER' && error.detail !== '' ? error.detail : FAILURES[error.code].title
}

/** The answer of a back end, if it is one and came whole. @throws Failure */
function whole({
  status,
  bytes,
  contentType,
  url,
  cut
}: FetchedBytes): Pick<ResultsJob, 'bytes' | 'contentType' | 'url'> {
  if (status !== 200) throw new Failure('BAD_ANSWER', `its answer is ${status}`)
  if (cut !== undefined) throw new Failure(CUT_FAILURES[cut])
  return { bytes, contentType, url: url.href }
}

/** Whom to ask, in turn: those that failed last. */
function askable(backEnds: readonly BackEnd[], { more }: Wish, hasFailed: (id: string) => boolean): BackEnd[] {
  const able = more === undefined ? backEnds : backEnds.filter(({ id }) => id === more.by)
  return [...able.filter(({ id }) => !hasFailed(id)), ...able.filter(({ id }) => hasFailed(id))]
}

/** What a back end is asked, and where. */
interface Question {
  readonly backEnd: BackEnd
  readonly url: URL
  readonly values: Readonly<Record<string, string>>
}

/**
 * Asks back ends, the preferred ones first, and whom else while they are silent; what one of them answered is
 * remembered for a while, and so is who failed.
 */
export function createSearch({ backEnds, searxng, fetch, read, timeoutSeconds }: SearchOptions): Search {
  const failed = new LRUCache<string, true>({ max: MOST_FAILED, ttl: FAILED_MILLISECONDS })
  const kept = new LRUCache<string, FoundPages>({ max: KEPT_ANSWERS, ttl: KEPT_MILLISECONDS })
  // Instances live below a folder too: the address goes on after a slash.
  const instance = searxng === '' ? '' : new URL(searxng.endsWith('/') ? searxng : `${searxng}/`).href

  /** @param over the search is over: its person has gone, another one has found something, or its time has passed */
  async function ask(
    { backEnd, url, values }: Question,
    wish: Wish,
    { signal, isLate }: EndingWithin
  ): Promise<FoundPages | Attempt> {
    const known = kept.get(boundedKey(url.href))
    if (known !== undefined) return known
    let answer: FetchedBytes | undefined
    try {
      answer = await fetch(url, signal, wish.language)
      const job = { ...whole(answer), backEnd, values, page: Number(wish.more?.at ?? 1) }
      const found = await read(job, { client: wish.client, signal })
      if (found === undefined)
        throw new Failure('BAD_ANSWER', 'there are no results in its answer; it may ask whether we are human')
      kept.set(boundedKey(url.href), found)
      failed.delete(backEnd.id)
      return found
    } catch (error) {
      // Who goes away, or needs it no more, has not seen it fail.
      if (!signal.aborted || isLate()) failed.set(backEnd.id, true)
      return { title: backEnd.title, reason: reasonOf(error, answer === undefined && isLate()) }
    }
  }

  return async wish => {
    const values = { words: encodeURIComponent(wish.words), language: wish.language, searxng: instance }
    const questions = askable(backEnds(), wish, id => failed.has(id)).flatMap(backEnd => {
      const url = addressOf(backEnd, values, wish.more?.at)
      return url === undefined ? [] : [{ backEnd, url, values }]
    })
    const milliseconds = timeoutSeconds * 1000
    const over = createEndingWithin(wish.signal, milliseconds)
    const attempts: Attempt[] = []
    let empty: Found | undefined
    const first = await firstToGive(questions, milliseconds * SILENT_SHARE, async question => {
      if (over.signal.aborted) return undefined
      const answer = await ask(question, wish, over)
      if ('reason' in answer) return void attempts.push(answer)
      const { id, title, home } = question.backEnd
      const came = { ...answer, by: { id, title, home: fillAddress(home, values)?.href ?? '' }, attempts }
      if (answer.results.length > 0) return came
      empty ??= came
      return undefined
    })
    over.end(new Error('another has found something'))
    over.release()
    return first ?? empty ?? { results: [], by: undefined, attempts }
  }
}
