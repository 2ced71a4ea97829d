import t from 'tap'
import { createHeadFinder } from '../../../src/front/head/find-head.js'
import { isSimpleRequestLine } from '../../../src/front/head/request-line.js'
import { createWaitingBytes } from '../../../src/front/head/waiting-bytes.js'
import { random } from '../../helpers/context.js'

/** What a head is, said by looking at all bytes each time. */
function headOf(bytes: Buffer, ended: boolean): { text: string; end: number } | undefined {
  const text = bytes.toString('latin1')
  const first = /^[^\r\n]*/.exec(text)![0]
  if (!/^(?:\r*\n|\r[^\r\n]|\r\r)/.test(text.slice(first.length))) return undefined
  if (isSimpleRequestLine(first)) return { text: first, end: bytes.length }
  const blank = (text.includes('\n') ? /\n\r*\n/ : /\r\r/).exec(text)
  // The first line ends in CR CR, or in the beginning of CR CR LF.
  if (text.slice(first.length) === '\r\r') return ended ? { text, end: text.length } : undefined
  const end = blank !== null ? blank.index + blank[0].length : ended && /[\r\n]$/.test(text) ? text.length : -1
  return end < 0 ? undefined : { text: text.slice(0, end), end }
}

/**
 * All heads of some bytes that come in pieces, by the finder and by the rule; a line end at the start of a head ends
 * it.
 */
function headsOf(bytes: Buffer, sizeOf: () => number): { found: unknown[]; meant: unknown[] } {
  const finder = createHeadFinder()
  const waiting = createWaitingBytes()
  const found: unknown[] = []
  const meant: unknown[] = []
  const isOver = (): boolean => waiting.length === 0 || /^[\r\n]/.test(waiting.all().toString('latin1'))
  const look = (ended: boolean): boolean => {
    const rest = waiting.all()
    const head = finder.find(rest, ended)
    meant.push(headOf(Buffer.from(rest), ended))
    found.push(head)
    if (head === undefined) return false
    waiting.drop(head.end)
    finder.drop(head.end)
    return !isOver()
  }
  for (let at = 0; at < bytes.length;) {
    const size = sizeOf()
    waiting.add(bytes.subarray(at, at + size))
    at += size
    while (look(false));
    if (isOver()) return { found, meant }
  }
  look(true)
  return { found, meant }
}

t.test('heads are the same, whatever pieces they come in', t => {
  const pick = random(7)
  const words = [
    'GET / HTTP/1.1',
    'GET http://a/ HTTP/1.0',
    'GET /',
    'A: b',
    'Host: a',
    '\r\n',
    '\r\n',
    '\n',
    '\r',
    '\r\r\n',
    '\r\n\r\n',
    '\n\n',
    '\r\r',
    'x'
  ]
  let heads = 0
  for (let round = 0; round < 20_000; round++) {
    const bytes = Buffer.from(
      `GET /${round} HTTP/1.${pick(2)}${Array.from({ length: 1 + pick(12) }, () => words[pick(words.length)]).join('')}`
    )
    const { found, meant } = headsOf(bytes, () => 1 + pick(pick(3) === 0 ? 40 : 3))
    heads += found.filter(head => head !== undefined).length
    if (JSON.stringify(found) !== JSON.stringify(meant)) {
      t.strictSame(found, meant, JSON.stringify(bytes.toString('latin1')))
      break
    }
  }
  t.ok(heads > 10_000, `${heads} heads`)
  t.end()
})

t.test('CR CR LF that is cut in a packet', t => {
  const head = 'POST http://a/ HTTP/1.0\r\r\nA: b\r\r\n\r\r\n'
  for (let cut = 1; cut < head.length; cut++) {
    const finder = createHeadFinder()
    t.equal(finder.find(Buffer.from(head.slice(0, cut)), false), undefined, `${cut} bytes are no head`)
    t.equal(finder.find(Buffer.from(`${head}body`), false)?.end, head.length, `cut after ${cut} bytes`)
  }
  const bare = 'GET http://a/ HTTP/1.0\r\r'
  t.equal(createHeadFinder().find(Buffer.from(bare), true)?.end, bare.length, 'CR alone, and nothing more comes')
  t.end()
})

t.test('what was given out stays as it was', t => {
  const waiting = createWaitingBytes()
  waiting.add(Buffer.from('ab'))
  waiting.add(Buffer.from('cd'))
  const given = waiting.all()
  waiting.drop(3)
  for (let round = 0; round < 50; round++) waiting.add(Buffer.from('xyz'))
  t.equal(given.toString(), 'abcd')
  t.equal(waiting.all().toString(), `d${'xyz'.repeat(50)}`)
  t.end()
})
