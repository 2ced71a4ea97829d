import { Damage, HEADER_BYTES, META_PAGES, number64, OVERFLOW, readAt, type Meta } from './file-pages.js'
import type { Overflow, Page } from './page-nodes.js'

/** The pages of one file, each of which belongs to one tree, in one place, or is free. All throw Damage. */
export interface PageFile {
  readonly meta: Meta
  /** A page of a tree. */
  take(number: number): Page
  /** The pages of a value. */
  takeValue(value: Overflow): void
  bytesOf(value: Overflow): Buffer
  takeFree(first: number, count: number): void
}

/** @throws Damage when the file has no last page. */
export function createPageFile(file: number, fileBytes: number, meta: Meta): PageFile {
  const { pageBytes, lastPage, transaction } = meta
  if (lastPage < META_PAGES - 1 || lastPage * pageBytes > Number.MAX_SAFE_INTEGER) {
    throw new Damage('it has no last page')
  }
  const pages = Math.min(lastPage + 1, Math.floor(fileBytes / pageBytes))
  const taken = new Uint8Array(pages)

  /** What is used twice is overwritten one day. */
  function mark(first: number, count: number): void {
    if (!(first >= META_PAGES && count >= 1 && first + count <= pages)) throw new Damage(`page ${first} is outside`)
    for (let page = first; page < first + count; page++) {
      if (taken[page] === 1) throw new Damage(`page ${page} is used twice`)
      taken[page] = 1
    }
  }

  function read(number: number, length: number): Buffer {
    const bytes = readAt(file, number * pageBytes, length)
    // LMDB takes a page of a later transaction for one that it is about to write.
    if (number64(bytes, 0) !== number || number64(bytes, 8) > transaction)
      throw new Damage(`page ${number} is another one`)
    return bytes
  }

  return {
    meta,
    take(number) {
      mark(number, 1)
      return { bytes: read(number, pageBytes), number }
    },
    takeValue({ first, count, size }) {
      mark(first, count)
      const head = read(first, HEADER_BYTES)
      const isValue = (head.readUInt16LE(18) & OVERFLOW) !== 0 && head.readUInt32LE(20) === count
      if (!isValue || HEADER_BYTES + size > count * pageBytes) throw new Damage(`page ${first} holds another value`)
    },
    bytesOf: ({ first, size }) => readAt(file, first * pageBytes + HEADER_BYTES, size),
    takeFree(first, count) {
      if (!(first + count - 1 <= lastPage)) throw new Damage(`free page ${first} is outside`)
      // The last ones may never have been written.
      if (first < pages) mark(first, Math.min(count, pages - first))
    }
  }
}
