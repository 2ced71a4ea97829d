import { Damage, HEADER_BYTES, NODE_BYTES, number64, OVERFLOW_BYTES } from './file-pages.js'

/** A value that stands in pages of its own; we have no other kinds (MDB_DUPSORT, databases within databases). */
const IN_PAGES = 0x01

/** A value in pages of its own: the first, how many, and its bytes. */
export interface Overflow {
  readonly first: number
  readonly count: number
  readonly size: number
}

/** A page as it was read, and its number. */
export interface Page {
  readonly bytes: Buffer
  readonly number: number
}

const keyLength = (bytes: Buffer, node: number): number => bytes.readUInt16LE(node + 6)

function nodeAt({ bytes, number }: Page, pointer: number, upper: number): number {
  const node = HEADER_BYTES + bytes.readUInt16LE(pointer)
  const isInside = node >= HEADER_BYTES + upper && node + NODE_BYTES <= bytes.length
  if (!isInside || node + NODE_BYTES + keyLength(bytes, node) > bytes.length) {
    throw new Damage(`page ${number} has an entry outside`)
  }
  return node
}

/** Where the entries of a page stand in it. @throws Damage */
export function nodesOf(page: Page): number[] {
  const { bytes, number } = page
  const lower = bytes.readUInt16LE(20)
  const upper = bytes.readUInt16LE(22)
  if ((lower & 1) !== 0 || lower > upper || HEADER_BYTES + upper > bytes.length) {
    throw new Damage(`page ${number} has no bounds`)
  }
  return Array.from({ length: lower >> 1 }, (_, at) => nodeAt(page, HEADER_BYTES + at * 2, upper))
}

export function keyAt({ bytes }: Page, node: number): Buffer {
  return bytes.subarray(node + NODE_BYTES, node + NODE_BYTES + keyLength(bytes, node))
}

/** The page that an entry of a branch leads to. */
export function childAt({ bytes }: Page, node: number): number {
  return bytes.readUInt32LE(node) + bytes.readUInt16LE(node + 4) * 0x1_0000_0000
}

/** The value of an entry of a leaf: its bytes, or where they are. @throws Damage */
export function valueAt({ bytes, number }: Page, node: number): Buffer | Overflow {
  const size = bytes.readUInt32LE(node)
  const flags = bytes.readUInt16LE(node + 4)
  const at = node + NODE_BYTES + keyLength(bytes, node)
  if ((flags & ~IN_PAGES) !== 0 || at + (flags === IN_PAGES ? OVERFLOW_BYTES : size) > bytes.length) {
    throw new Damage(`page ${number} has a value outside`)
  }
  if (flags !== IN_PAGES) return bytes.subarray(at, at + size)
  return { first: number64(bytes, at), count: number64(bytes, at + 16), size }
}
