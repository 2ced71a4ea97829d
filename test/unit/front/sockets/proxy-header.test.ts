import t from 'tap'
import { MOST_HEADER_BYTES, readProxyHeader } from '../../../../src/front/sockets/proxy-header.js'

const SIGNATURE = '0d0a0d0a000d0a515549540a'
const binary = (rest: string): Buffer => Buffer.from(SIGNATURE + rest.replaceAll(' ', ''), 'hex')
const ends = (source: string, destination: string) => {
  const end = (text: string) => {
    const at = text.lastIndexOf(':')
    return { address: text.slice(0, at), port: Number(text.slice(at + 1)) }
  }
  return { source: end(source), destination: end(destination) }
}

const RIGHT: ReadonlyArray<readonly [name: string, bytes: Buffer, found: object]> = [
  [
    'version 1, IPv4',
    Buffer.from('PROXY TCP4 192.0.2.7 192.0.2.1 56324 8080\r\n'),
    { ends: ends('192.0.2.7:56324', '192.0.2.1:8080') }
  ],
  [
    'version 1, IPv6, in the form of sockets',
    Buffer.from('PROXY TCP6 2001:DB8:0:0::7 2001:db8::1 56324 8080\r\n'),
    { ends: ends('2001:db8::7:56324', '2001:db8::1:8080') }
  ],
  ['version 1, unknown', Buffer.from('PROXY UNKNOWN\r\n'), { ends: undefined }],
  ['version 1, unknown with more', Buffer.from('PROXY UNKNOWN ffff:: ffff:: 1 2\r\n'), { ends: undefined }],
  [
    'version 2, IPv4',
    binary('21 11 000c c0000207 c0000201 dc04 1f90'),
    { ends: ends('192.0.2.7:56324', '192.0.2.1:8080') }
  ],
  [
    'version 2, IPv4 with more behind it',
    binary('21 11 0010 c0000207 c0000201 dc04 1f90 04 0001 00'),
    { ends: ends('192.0.2.7:56324', '192.0.2.1:8080') }
  ],
  [
    'version 2, IPv6',
    binary(`21 21 0024 20010db8${'00'.repeat(11)}07 20010db8${'00'.repeat(11)}01 dc04 1f90`),
    { ends: ends('2001:db8::7:56324', '2001:db8::1:8080') }
  ],
  [
    'version 2, IPv4 within IPv6 is IPv4',
    binary(`21 21 0024 ${'00'.repeat(10)}ffffc0000207 ${'00'.repeat(10)}ffffc0000201 dc04 1f90`),
    { ends: ends('192.0.2.7:56324', '192.0.2.1:8080') }
  ],
  ['version 2, the balancer itself', binary('20 00 0000'), { ends: undefined }],
  ['version 2, unspecified', binary('21 00 0004 01020304'), { ends: undefined }]
]

const WRONG: ReadonlyArray<readonly [name: string, bytes: Buffer]> = [
  ['a request', Buffer.from('GET / HTTP/1.0\r\n\r\n')],
  ['TLS', Buffer.from('1603010200', 'hex')],
  ['another family', Buffer.from('PROXY TCP5 192.0.2.7 192.0.2.1 56324 8080\r\n')],
  ['an address of the other family', Buffer.from('PROXY TCP4 2001:db8::7 192.0.2.1 56324 8080\r\n')],
  ['a port that is none', Buffer.from('PROXY TCP4 192.0.2.7 192.0.2.1 65536 8080\r\n')],
  ['a port with a sign', Buffer.from('PROXY TCP4 192.0.2.7 192.0.2.1 +1 8080\r\n')],
  ['a word too many', Buffer.from('PROXY TCP4 192.0.2.7 192.0.2.1 56324 8080 1\r\n')],
  ['a line without end', Buffer.from(`PROXY TCP4 ${'1'.repeat(100)}`)],
  ['version 3', binary('31 11 000c c0000207 c0000201 dc04 1f90')],
  ['another command', binary('22 11 000c c0000207 c0000201 dc04 1f90')],
  ['datagrams', binary('21 12 000c c0000207 c0000201 dc04 1f90')],
  ['too short for its addresses', binary('21 11 0008 c0000207 c0000201')],
  ['longer than anybody needs', binary('21 11 0209 c0000207 c0000201 dc04 1f90')]
]

t.test('headers of balancers', async t => {
  for (const [name, bytes, found] of RIGHT) {
    t.match(readProxyHeader(bytes), { length: bytes.length, ...found }, name)
    t.match(readProxyHeader(Buffer.concat([bytes, Buffer.from('GET /')])), { length: bytes.length }, `${name}: its end`)
    for (let length = 0; length < bytes.length; length++)
      if (readProxyHeader(bytes.subarray(0, length)) !== 'more') t.fail(`${name}: ${length} bytes are a beginning`)
  }
  for (const [name, bytes] of WRONG) t.equal(readProxyHeader(bytes), 'bad', name)
})

t.test('nothing waits for more than the longest header', async t => {
  const longest = binary('21 11 0208')
  t.equal(readProxyHeader(longest), 'more')
  t.match(readProxyHeader(Buffer.concat([longest, Buffer.alloc(MOST_HEADER_BYTES)])), { length: MOST_HEADER_BYTES })
})
