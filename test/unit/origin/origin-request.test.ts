import { getEventListeners } from 'node:events'
import t from 'tap'
import { createAttempts } from '../../../src/origin/attempts.js'
import { NO_COOKIES } from '../../../src/origin/cookies/cookie-keeper.js'
import { endable, type CountedRequest } from '../../../src/origin/origin-request.js'
import { createTraffic } from '../../../src/origin/traffic.js'

const requestOf = (signal: AbortSignal): CountedRequest => ({
  url: new URL('http://a.test/'),
  headers: {},
  signal,
  cookies: NO_COOKIES,
  attempts: createAttempts(1, ''),
  traffic: createTraffic(),
  until: Infinity
})

t.test('a request that can be ended by itself', async t => {
  const visit = new AbortController()
  const [one, other, over] = [0, 1, 2].map(() => endable(requestOf(visit.signal)))
  one!.end('late')
  t.equal(one!.signal.reason, 'late')
  t.notOk(other!.signal.aborted || visit.signal.aborted, 'ends neither others nor its visit')
  for (let at = 0; at < 100; at++) endable(requestOf(visit.signal)).release()
  t.equal(getEventListeners(visit.signal, 'abort').length, 3, 'those that are over leave nothing behind')
  over!.release()
  visit.abort('gone')
  t.equal(other!.signal.reason, 'gone', 'ends with its visit')
  t.notOk(over!.signal.aborted)
  t.ok(endable(requestOf(visit.signal)).signal.aborted, 'or before it has begun')
})
