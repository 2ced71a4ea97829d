import { isIPv4, isIPv6 } from 'node:net'
import { addressOfBytes, canonicalAddress } from '../../guard/address.js'

/** One end of the connection that a balancer took. */
export interface ProxiedEnd {
  readonly address: string
  readonly port: number
}

/** What a balancer says of the connection that it passes on. */
export interface ProxyHeader {
  /** Bytes of the connection that are the header */
  readonly length: number
  /** Undefined where the balancer speaks for itself (a health check), or says that it does not know */
  readonly ends?: { readonly source: ProxiedEnd; readonly destination: ProxiedEnd }
}

/** A header is no longer: the specification of version 1 bounds it by 107 bytes, of version 2 recommends this. */
export const MOST_HEADER_BYTES = 536
const MOST_TEXT_BYTES = 107

/** CR LF CR LF NUL CR LF QUIT LF: no other protocol begins so. */
const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
const TEXT_SIGNATURE = Buffer.from('PROXY ')
/** The signature, version and command, family, length */
const BINARY_HEAD_BYTES = 16

/** Whether all that has come could be the beginning of one. */
const mayBegin = (bytes: Buffer, signature: Buffer): boolean => {
  const length = Math.min(bytes.length, signature.length)
  return bytes.subarray(0, length).equals(signature.subarray(0, length))
}

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  return port <= 65_535 ? port : undefined
}

function endOf(address: string, port: string, isAddress: (text: string) => boolean): ProxiedEnd | undefined {
  const number = portOf(port)
  return number === undefined || !isAddress(address) ? undefined : { address: canonicalAddress(address), port: number }
}

/** Version 1: PROXY TCP4 192.168.0.1 192.168.0.11 56324 443, and a line end. */
function readText(bytes: Buffer): ProxyHeader | 'more' | 'bad' {
  const end = bytes.subarray(0, MOST_TEXT_BYTES).indexOf('\r\n')
  if (end < 0) return bytes.length < MOST_TEXT_BYTES ? 'more' : 'bad'
  const length = end + 2
  const [, family = '', ...rest] = bytes.toString('latin1', 0, end).split(' ')
  if (family === 'UNKNOWN') return { length }
  const isAddress = family === 'TCP4' ? isIPv4 : family === 'TCP6' ? isIPv6 : () => false
  const [from = '', to = '', fromPort = '', toPort = '', ...more] = rest
  const source = endOf(from, fromPort, isAddress)
  const destination = endOf(to, toPort, isAddress)
  return source === undefined || destination === undefined || more.length > 0
    ? 'bad'
    : { length, ends: { source, destination } }
}

/** Bytes of an address, by the byte that names family and protocol. */
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 0x11: 4, 0x21: 16 }
const UNSPECIFIED = 0
const LOCAL = 0x20
const PROXY = 0x21

/** Version 2, binary. What stands behind the addresses (TLV) says nothing that we need. */
function readBinary(bytes: Buffer): ProxyHeader | 'more' | 'bad' {
  if (bytes.length < BINARY_HEAD_BYTES) return 'more'
  const [command = 0, family = 0] = bytes.subarray(SIGNATURE.length)
  const length = BINARY_HEAD_BYTES + bytes.readUInt16BE(SIGNATURE.length + 2)
  if ((command !== LOCAL && command !== PROXY) || length > MOST_HEADER_BYTES) return 'bad'
  if (bytes.length < length) return 'more'
  if (command === LOCAL || family === UNSPECIFIED) return { length }
  const size = ADDRESS_BYTES[family]
  if (size === undefined || length < BINARY_HEAD_BYTES + 2 * size + 4) return 'bad'
  const ports = BINARY_HEAD_BYTES + 2 * size
  const at = (from: number, port: number): ProxiedEnd => ({
    address: addressOfBytes(bytes.subarray(from, from + size)),
    port: bytes.readUInt16BE(port)
  })
  const [source, destination] = [at(BINARY_HEAD_BYTES, ports), at(BINARY_HEAD_BYTES + size, ports + 2)]
  return { length, ends: { source, destination } }
}

/**
 * Reads the header that a balancer writes before all else (PROXY protocol 1 and 2,
 * https://www.haproxy.org/download/2.8/doc/proxy-protocol.txt): 'more' while it may still become one.
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader | 'more' | 'bad' {
  if (mayBegin(bytes, SIGNATURE)) return readBinary(bytes)
  return mayBegin(bytes, TEXT_SIGNATURE) ? readText(bytes) : 'bad'
}
