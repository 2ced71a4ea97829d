import { once } from 'node:events'
import http, { type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import t, { type Test } from 'tap'
import { answerAtOnce, deliver, isAtOnce } from '../../../src/front/deliver.js'
import type { Answer } from '../../../src/front/answer.js'

const BODY = Buffer.from('All of it')

/** What a client gets from a server that answers so. */
async function got(t: Test, method: string, listener: RequestListener): Promise<Response> {
  const server = http.createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { method })
}

const whole = (headers: Record<string, string>, status = 200) => ({ status, headers, body: BODY })

t.test('a whole answer has its own fields, its length and a type', async t => {
  const answer = await got(t, 'GET', (_request, response) => {
    response.setHeader('x-left', 'of an answer that could not be sent')
    answerAtOnce(response, whole({ etag: '"1"', 'content-length': '3' }, 404))
  })
  t.equal(answer.status, 404)
  t.equal(answer.headers.get('etag'), '"1"')
  t.equal(answer.headers.get('content-length'), '9', 'its own length, whatever was said')
  t.equal(answer.headers.get('content-type'), 'application/octet-stream', 'as Fastify calls what has no type')
  t.equal(answer.headers.get('x-left'), null)
  t.equal(await answer.text(), 'All of it')
})

t.test('an answer to HEAD names the length that GET would have', async t => {
  const answer = await got(t, 'HEAD', (_request, response) =>
    answerAtOnce(response, whole({ 'content-type': 'text/plain', 'content-length': '1234' }))
  )
  t.equal(answer.headers.get('content-length'), '1234')
  t.equal(answer.headers.get('content-type'), 'text/plain')
})

t.test('in the place of an answer that Node refuses another one is sent, and told of', async t => {
  const told: unknown[] = []
  const answer = await got(t, 'GET', (_request, raw) =>
    deliver<Answer>(
      { raw },
      {
        answer: whole({ 'content-type': 'text/plain\nx: y' }),
        instead: () => whole({ 'content-type': 'text/html' }, 500),
        done: ({ status }, delivered) => told.push([status, delivered])
      }
    )
  )
  t.equal(answer.status, 500)
  t.equal(await answer.text(), 'All of it')
  t.strictSame(told, [[500, { bytes: 9, left: false }]])
})

t.test('what has no body, and what comes as a stream, is not sent at once', async t => {
  t.ok(isAtOnce(whole({})))
  for (const status of [204, 304]) t.notOk(isAtOnce(whole({}, status)), String(status))
  t.notOk(isAtOnce({ status: 200, headers: {}, body: Readable.from([]) }))
})
