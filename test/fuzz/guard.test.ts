import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import t from 'tap'
import { Failure } from '../../src/failures.js'
import { locate } from '../../src/front/locate.js'
import { isPublic, networkMatcher } from '../../src/guard/address.js'
import { createHostGuard } from '../../src/guard/hosts.js'
import { addHints, takeHints } from '../../src/page/addresses/address-hints.js'
import { fuzz } from './run.js'

/**
 * Blocks that are not of the open Internet: first byte, mask of the bits that are fixed. RFC 6890 and those after it.
 */
const PRIVATE: ReadonlyArray<readonly [string, number]> = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['255.255.255.255', 32]
]
const PUBLIC: ReadonlyArray<readonly [string, number]> = [
  ['1.1.0.0', 16],
  ['8.8.0.0', 16],
  ['93.184.0.0', 16],
  ['151.101.0.0', 16],
  ['185.15.0.0', 16]
]

const numberOf = (address: string): number =>
  ipaddr.IPv4.parse(address)
    .toByteArray()
    .reduce((sum, byte) => sum * 256 + byte, 0)
const inBlock = ([base, bits]: readonly [string, number]): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 2 ** (32 - bits) - 1 }).map(more => numberOf(base) + more)
const addressIn = (blocks: typeof PRIVATE): fc.Arbitrary<number> => fc.constantFrom(...blocks).chain(inBlock)

const bytesOf = (address: number): number[] => [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256)
const hex = (byte: number, width = 2): string => byte.toString(16).padStart(width, '0')

/** A number as C's inet_aton takes it: decimal, octal, hexadecimal, with zeroes before it. */
const spelled = (value: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(10, 8, 16, 17), fc.integer({ min: 0, max: 4 }))
    .map(([base, zeroes]) =>
      base === 10
        ? String(value)
        : base === 8
          ? `0${'0'.repeat(zeroes)}${value.toString(8)}`
          : base === 16
            ? `0x${'0'.repeat(zeroes)}${value.toString(16)}`
            : `0X${value.toString(16).toUpperCase()}`
    )

/** All the ways to write an address of IPv4 that the URL Standard reads. */
function spellings(address: number): fc.Arbitrary<string> {
  const [a, b, c, d] = bytesOf(address) as [number, number, number, number]
  const parts = fc
    .constantFrom([address], [a, address % 2 ** 24], [a, b, c * 256 + d], [a, b, c, d])
    .chain(numbers => fc.tuple(...numbers.map(spelled)).map(words => words.join('.')))
  const encoded = parts.chain(text =>
    fc
      .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
      .map(which =>
        [...text].map((character, at) => (which[at] === true ? `%${hex(character.charCodeAt(0))}` : character)).join('')
      )
  )
  const wide = parts.map(text =>
    [...text]
      .map(character => (character === '.' ? '。' : String.fromCharCode(character.charCodeAt(0) + 0xfee0)))
      .join('')
  )
  return fc.tuple(fc.oneof(parts, encoded, wide), fc.constantFrom('', '.')).map(words => words.join(''))
}

/** The same address in the notations of IPv6 that carry it. */
function wrapped(address: number): string[] {
  const [a, b, c, d] = bytesOf(address) as [number, number, number, number]
  const pair = `${hex(a)}${hex(b)}:${hex(c)}${hex(d)}`
  return [
    `::ffff:${pair}`,
    `::ffff:${a}.${b}.${c}.${d}`,
    `0:0:0:0:0:ffff:${pair}`,
    `::${pair}`,
    `::ffff:0:${pair}`,
    `64:ff9b::${pair}`,
    `64:ff9b:1::${pair}`,
    `2002:${pair}::`,
    `2002:${pair}::1`,
    `2001:0:${pair}::`,
    `2001:0:0:0:0:0:${hex(255 - a)}${hex(255 - b)}:${hex(255 - c)}${hex(255 - d)}`
  ]
}

const privateSix = fc
  .tuple(
    fc.constantFrom('fc00', 'fd12', 'fe80', 'fec0', 'ff02', '2001:db8', '100', '3fff', '5f00'),
    fc.integer({ min: 0, max: 0xffff })
  )
  .map(([start, end]) => `${start}::${end.toString(16)}`)

const guard = createHostGuard({ allowHosts: [] })

/**
 * Whether the guard lets an address of the web through; false too when it is no address. It may fail in no other way.
 */
function passes(host: string): boolean {
  if (!URL.canParse(`http://${host}/`)) return false
  const url = new URL(`http://${host}/`)
  try {
    guard.checkUrl(url)
    guard.checkAddress(url.hostname, url.hostname.replace(/^\[|\]$/g, ''))
    return true
  } catch (error) {
    if (error instanceof Failure && error.code === 'ADDRESS_REFUSED') return false
    throw error
  }
}

function refuses(host: string): void {
  if (passes(host)) throw new Error(`${host} passes as ${new URL(`http://${host}/`).hostname}`)
}

function allows(address: number, host: string): void {
  if (!passes(host)) throw new Error(`${host} is refused`)
  if (!isPublic(bytesOf(address).join('.'))) throw new Error('a public address is not')
}

const names = {
  name: 'retrograde',
  port: 8080,
  isOwn: (hostname: string) => hostname === 'proxy.lan',
  longAddress: () => undefined
}
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        'http:',
        'https:',
        '//',
        '/',
        '?',
        '&',
        '~',
        '%7e',
        'view=raw',
        'part=2',
        'zoom=4',
        '~8x9',
        '=',
        '#',
        'retrograde',
        'proxy.lan',
        ':8080',
        '.',
        '@',
        '[::1]',
        '%',
        '\\',
        ' ',
        'example.com',
        '/read?url=',
        '/~abcdefghij',
        'part=99999-',
        '\r\n',
        'é'
      ),
      { maxLength: 12 }
    )
    .map(parts => parts.join(''))
)

/** What a target means is found for every text; a second taking of hints gives what the first left. */
function isLocated([target, host]: readonly [string, string]): void {
  const located = locate(target, host, names)
  if (located.kind === undefined) throw new Error('no kind')
  const { address, hints } = takeHints(target)
  if (!target.startsWith(address)) throw new Error('hints are taken from the end alone')
  const again = takeHints(addHints(address, hints))
  for (const [name, value] of Object.entries(hints)) {
    if (/#/.test(address)) break
    if (JSON.stringify(again.hints[name as keyof typeof hints]) !== JSON.stringify(value))
      throw new Error(`${name} of ${JSON.stringify(hints)} is lost in ${addHints(address, hints)}`)
  }
  networkMatcher(['10.0.0.0/8', '::1'])(target)
}

t.test(
  'private addresses in every notation',
  async t => await fuzz(t, 'IPv4', 0.4, addressIn(PRIVATE).chain(spellings), refuses)
)
t.test(
  'private addresses within IPv6',
  async t =>
    await fuzz(
      t,
      'IPv6',
      0.2,
      fc.oneof(
        addressIn(PRIVATE).chain(address => fc.constantFrom(...wrapped(address))),
        addressIn(PUBLIC).chain(address => fc.constantFrom(...wrapped(address).slice(3))),
        privateSix
      ),
      address => refuses(`[${address}]`)
    )
)
t.test(
  'public addresses',
  async t =>
    await fuzz(
      t,
      'public',
      0.15,
      addressIn(PUBLIC).chain(address => fc.tuple(fc.constant(address), spellings(address))),
      ([address, host]) => allows(address, host)
    )
)
t.test('targets and hints', async t => await fuzz(t, 'targets', 0.25, fc.tuple(anyText, anyText), isLocated))
