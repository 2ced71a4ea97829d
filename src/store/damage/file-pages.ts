import { readSync } from 'node:fs'

/*
 * Pages of a file as LMDB 1.0 writes them on machines of 64 bits (mdb.c: MDB_page_header, MDB_meta, MDB_db, MDB_node).
 * All numbers are little-endian.
 */

/** Of a page: its number, the transaction that wrote it, flags, the bounds of its free space. Bytes. */
export const HEADER_BYTES = 24
export const BRANCH = 0x01
export const LEAF = 0x02
export const OVERFLOW = 0x04
const META = 0x08
const MAGIC = 0xbeefc0de
const VERSION = 2
/** The file begins with two of them, of which the newer one holds. */
export const META_PAGES = 2
/** Of a node: size or page number, flags, length of the key. Bytes. */
export const NODE_BYTES = 8
/** MDB_ovpage: number, transaction, pages. Bytes. */
export const OVERFLOW_BYTES = 24
const META_BYTES = HEADER_BYTES + 144
const DATABASE_BYTES = 48
const LEAST_PAGE_BYTES = 256
const MOST_PAGE_BYTES = 65_536

export interface Tree {
  readonly flags: number
  readonly depth: number
  readonly branchPages: number
  readonly leafPages: number
  readonly overflowPages: number
  readonly entries: number
  /** Undefined for a tree without entries */
  readonly root: number | undefined
}

export interface Meta {
  readonly pageBytes: number
  readonly lastPage: number
  readonly transaction: number
  /** Pages that may be used again */
  readonly free: Tree
  readonly main: Tree
}

/** A file that no database is. */
export class Damage extends Error {}

/** A number of 64 bits; those above 2^53 come out as too large for anything, as they are. */
export function number64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 0x1_0000_0000
}

/** @throws Damage where the file ends before. */
export function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  if (readSync(file, bytes, 0, length, position) !== length) throw new Damage('it ends too early')
  return bytes
}

function treeOf(bytes: Buffer, at: number): Tree {
  const isEmpty = bytes.readBigUInt64LE(at + 40) === 0xffff_ffff_ffff_ffffn
  return {
    flags: bytes.readUInt16LE(at + 4),
    depth: bytes.readUInt16LE(at + 6),
    branchPages: number64(bytes, at + 8),
    leafPages: number64(bytes, at + 16),
    overflowPages: number64(bytes, at + 24),
    entries: number64(bytes, at + 32),
    root: isEmpty ? undefined : number64(bytes, at + 40)
  }
}

function metaAt(file: number, position: number): Meta {
  const page = readAt(file, position, META_BYTES)
  const meta = page.subarray(HEADER_BYTES)
  if ((page.readUInt16LE(18) & META) === 0 || meta.readUInt32LE(0) !== MAGIC) {
    throw new Damage('it does not begin as a database does')
  }
  if ((meta.readUInt32LE(4) & 0xffff) !== VERSION) throw new Damage('it is of another version')
  const pageBytes = meta.readUInt32LE(24)
  const isPower = (pageBytes & (pageBytes - 1)) === 0
  if (pageBytes < LEAST_PAGE_BYTES || pageBytes > MOST_PAGE_BYTES || !isPower)
    throw new Damage('its pages have no size')
  return {
    pageBytes,
    lastPage: number64(meta, 120),
    transaction: number64(meta, 128),
    free: treeOf(meta, 24),
    main: treeOf(meta, 24 + DATABASE_BYTES)
  }
}

/** The snapshot that LMDB will open. @throws Damage */
export function readMeta(file: number): Meta {
  const first = metaAt(file, 0)
  const second = metaAt(file, first.pageBytes)
  if (first.pageBytes !== second.pageBytes) throw new Damage('its pages have two sizes')
  return second.transaction > first.transaction ? second : first
}
