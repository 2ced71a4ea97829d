import t from 'tap'
import { codeRangeIn } from '../../../../src/workers/v8/code-range.js'

const map = (from: number, size: number, rights: string, file = ''): string =>
  `${from.toString(16)}-${(from + size).toString(16)} ${rights} 00000000 00:00 0 ${file}`
const MIB = 1024 * 1024

t.test('what V8 sets aside for machine code', async t => {
  const others = [
    map(0x400000, 50 * MIB, 'r-xp', '/usr/bin/node'),
    map(0x10000000, 128 * MIB, 'rw-p'),
    map(0x20000000, 255 * MIB, '---p')
  ]
  t.equal(codeRangeIn([...others, map(0x40000000, 240 * 1024, 'rwxp')].join('\n')), 0, 'Node 20: what is used of it')
  t.equal(
    codeRangeIn([...others, map(0x7f0000000000, 509 * MIB, 'rwxp'), map(0x60000000, 4096, 'rwxp')].join('\n')),
    509 * MIB,
    'Node 24'
  )
  const threads = [0, 1, 2].map(at => map(0x7f0000000000 + at * 1024 * MIB, 509 * MIB, 'rwxp'))
  t.equal(codeRangeIn(threads.join('\n')), 509 * MIB, 'each thread has its own; a process for images has one thread')
  t.equal(codeRangeIn(''), 0)
})
