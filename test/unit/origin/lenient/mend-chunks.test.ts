import t from 'tap'
import { createChunkMender } from '../../../../src/origin/lenient/mend-chunks.js'

/** What becomes of a body that comes in pieces of so many bytes. */
function mend(body: string, size = body.length): string {
  const mender = createChunkMender()
  const bytes = Buffer.from(body, 'latin1')
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(mender.mend(bytes.subarray(at, at + size)))
  return Buffer.concat(pieces).toString('latin1')
}

const STRICT = '5\r\nhello\r\n0\r\n\r\n'

t.test('however the lines of chunks end, they end in CR LF', async t => {
  for (const body of [
    STRICT,
    '5\nhello\n0\n\n',
    '5\nhello\n0\n',
    '5  \r\nhello\r\n0\r\n\r\n',
    '5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n',
    '05\nhello0\n',
    '5\nhello\n0\n\n7\nno more\n'
  ])
    t.equal(mend(body), STRICT, JSON.stringify(body))
})

t.test('pieces of any size', async t => {
  t.equal(mend('5\nhello\n0\n\n', 1), '1\r\nh\r\n1\r\ne\r\n1\r\nl\r\n1\r\nl\r\n1\r\no\r\n0\r\n\r\n')
})

t.test('what breaks off has no end, and what is no chunk ends as no chunk', async t => {
  t.equal(mend('ff\nhello'), '5\r\nhello\r\n')
  t.equal(mend('5\nhello\nhello\n0\n\n'), '5\r\nhello\r\n-\r\n')
  t.equal(mend(`5\nhello\n${'1'.repeat(5000)}`), '5\r\nhello\r\n-\r\n')
})
