import t from 'tap'
import { RequestStream } from '../../src/front/request-stream.js'
import { createTurnstile } from '../../src/guard/turnstile.js'
import { isLinear } from '../helpers/cost.js'

// Heads of requests, and those whose turn to be read they wait for: time grows with what is sent.

/** Feeds a reader all bytes in pieces of a size; an answer to each request is given at once. */
function read(bytes: Buffer, size: number): void {
  const requests = new RequestStream(Infinity)
  for (let at = 0; at < bytes.length; at += size) {
    let out = requests.feed(bytes.subarray(at, at + size))
    while (out.length > 0) out = requests.answered()
  }
  if (requests.problem !== undefined) throw new Error(requests.problem)
}

t.test('each byte of heads is looked at a few times', t => {
  const ends: Readonly<Record<string, string>> = { CRLF: '\r\n\r\n', LF: '\n\n', CR: '\r\r' }
  for (const [name, end] of Object.entries(ends)) {
    isLinear(
      t,
      `requests in a row, ${name}`,
      n => {
        const bytes = Buffer.from(`GET / HTTP/1.1${end}`.repeat(n))
        return () => read(bytes, bytes.length)
      },
      { from: 256, largest: 1 << 13 }
    )
  }
  const heads: Readonly<Record<string, (n: number) => string>> = {
    lines: n => 'a:\n'.repeat(n),
    'lines of CR': n => 'a:\r'.repeat(n),
    'CR and LF': n => `a:\n${'a:\r'.repeat(n)}`,
    'a long line': n => `a:${'x'.repeat(n)}`,
    'a long first line': n => '/'.repeat(n),
    'ends of lines': n => `a:\n${'\r'.repeat(n)}`
  }
  for (const [name, head] of Object.entries(heads)) {
    isLinear(
      t,
      `a head byte by byte, ${name}`,
      n => {
        const bytes = Buffer.from(`GET /${name === 'a long first line' ? '' : ' HTTP/1.1\r\n'}${head(n)}`)
        return () => read(bytes, 1)
      },
      { from: 1024, largest: 1 << 16 }
    )
  }
  isLinear(
    t,
    'a body in pieces',
    n => {
      const bytes = Buffer.from(`POST / HTTP/1.1\r\nContent-Length: ${n}\r\n\r\n${'x'.repeat(n)}`)
      return () => read(bytes, 16)
    },
    { from: 1024, largest: 1 << 20 }
  )
  t.end()
})

t.test('turns cost no more where many wait', t => {
  isLinear(
    t,
    'turns',
    n => () => {
      const turnstile = createTurnstile()
      for (let at = 0; at < n; at++)
        turnstile.add(`10.${at & 3}.${(at >> 8) & 255}.${at & 255}`, at % 2 === 0, () => {})
      while (turnstile.waiting > 0) turnstile.next()?.()
    },
    { from: 256, largest: 1 << 14 }
  )
  t.end()
})
