import { BRANCH, Damage, HEADER_BYTES, LEAF, META_PAGES, NODE_BYTES, number64, OVERFLOW, OVERFLOW_BYTES, readAt, type Meta, type Tree } from './file-pages.js'

/** LMDB holds no deeper tree (CURSOR_STACK in mdb.c). Levels. */
const MOST_DEPTH = 32
/** A value that stands in pages of its own; we have no other kinds (MDB_DUPSORT, databases within databases). */
const IN_PAGES = 0x01
/** Keys of the tree of free pages are numbers (MDB_INTEGERKEY). */
const NUMBERS = 0x08
/** Of the flags of that tree: those that say what keys and values are. The others are of the file. */
const KEY_FLAGS = 0x7E

interface Counts { branchPages: number, leafPages: number, overflowPages: number, entries: number }

/** What a leaf says of one entry. */
type OnEntry = (key: Buffer, page: Buffer, node: number) => void

/**
 * Walks through a file as LMDB would, which trusts it: a page number behind the end is a SIGBUS there, an offset
 * behind the end of a page a SIGSEGV. What values mean is not looked at. @throws Damage
 */
export function checkPages (file: number, fileBytes: number, meta: Meta): void {
  const { pageBytes, lastPage, transaction } = meta
  if (lastPage < META_PAGES - 1 || lastPage * pageBytes > Number.MAX_SAFE_INTEGER) throw new Damage('it has no last page')
  // The last ones may be free, and were never written then.
  const pages = Math.min(lastPage + 1, Math.ceil(fileBytes / pageBytes))
  const taken = new Uint8Array(pages)

  /** Each page belongs to one tree, in one place, or is free: what is used twice is overwritten. */
  function take (first: number, count: number): void {
    if (!(first >= META_PAGES && count >= 1 && first + count <= pages && (first + count) * pageBytes <= fileBytes)) throw new Damage(`page ${first} is outside`)
    for (let page = first; page < first + count; page++) {
      if (taken[page] === 1) throw new Damage(`page ${page} is used twice`)
      taken[page] = 1
    }
  }

  function readPage (number: number, bytes: number): Buffer {
    const page = readAt(file, number * pageBytes, bytes)
    // A page of a later transaction passes for one that is being written.
    if (number64(page, 0) !== number || number64(page, 8) > transaction) throw new Damage(`page ${number} is another one`)
    return page
  }

  /** Offsets of the nodes of a page. */
  function nodesOf (page: Buffer, number: number): number[] {
    const lower = page.readUInt16LE(20)
    const upper = page.readUInt16LE(22)
    if ((lower & 1) !== 0 || lower > upper || HEADER_BYTES + upper > pageBytes) throw new Damage(`page ${number} has no bounds`)
    return Array.from({ length: lower >> 1 }, (_, at) => {
      const node = HEADER_BYTES + page.readUInt16LE(HEADER_BYTES + at * 2)
      if (node < HEADER_BYTES + upper || node + NODE_BYTES + (node + NODE_BYTES > pageBytes ? 0 : page.readUInt16LE(node + 6)) > pageBytes) throw new Damage(`page ${number} has an entry outside`)
      return node
    })
  }

  /** Where the value of an entry stands: in the leaf, or in pages of its own. */
  function valueAt (page: Buffer, node: number, number: number): { first: number, count: number, size: number } | number {
    const size = page.readUInt16LE(node) + page.readUInt16LE(node + 2) * 0x1_0000
    const at = node + NODE_BYTES + page.readUInt16LE(node + 6)
    const flags = page.readUInt16LE(node + 4)
    if ((flags & ~IN_PAGES) !== 0 || at + (flags === IN_PAGES ? OVERFLOW_BYTES : size) > pageBytes) throw new Damage(`page ${number} has a value outside`)
    return flags === IN_PAGES ? { first: number64(page, at), count: number64(page, at + 16), size } : size
  }

  function checkOverflow (first: number, count: number, size: number): void {
    take(first, count)
    const head = readPage(first, HEADER_BYTES)
    if ((head.readUInt16LE(18) & OVERFLOW) === 0 || head.readUInt32LE(20) !== count || HEADER_BYTES + size > count * pageBytes) throw new Damage(`page ${first} holds another value`)
  }

  function checkTree (tree: Tree, compare: (a: Buffer, b: Buffer) => number, onEntry: OnEntry): void {
    const counts: Counts = { branchPages: 0, leafPages: 0, overflowPages: 0, entries: 0 }
    let before: Buffer | undefined

    function checkLeaf (page: Buffer, number: number): void {
      counts.leafPages++
      for (const node of nodesOf(page, number)) {
        counts.entries++
        const key = page.subarray(node + NODE_BYTES, node + NODE_BYTES + page.readUInt16LE(node + 6))
        if (key.length === 0 || (before !== undefined && compare(before, key) >= 0)) throw new Damage(`page ${number} is out of order`)
        before = key
        const value = valueAt(page, node, number)
        if (typeof value === 'object') {
          counts.overflowPages += value.count
          checkOverflow(value.first, value.count, value.size)
        }
        onEntry(key, page, node)
      }
    }

    function walk (number: number, level: number): void {
      take(number, 1)
      const page = readPage(number, pageBytes)
      const kind = page.readUInt16LE(18)
      if (kind !== (level === tree.depth ? LEAF : BRANCH)) throw new Damage(`page ${number} is of another kind`)
      if (kind === LEAF) return checkLeaf(page, number)
      counts.branchPages++
      const nodes = nodesOf(page, number)
      if (nodes.length === 0) throw new Damage(`page ${number} leads nowhere`)
      for (const node of nodes) walk(page.readUInt16LE(node) + page.readUInt16LE(node + 2) * 0x1_0000 + page.readUInt16LE(node + 4) * 0x1_0000_0000, level + 1)
    }

    if (tree.root !== undefined) {
      if (tree.depth < 1 || tree.depth > MOST_DEPTH) throw new Damage('it is too deep')
      walk(tree.root, 1)
    }
    for (const name of ['branchPages', 'leafPages', 'overflowPages', 'entries'] as const) if (counts[name] !== tree[name]) throw new Damage(`it has ${counts[name]} ${name} of ${tree[name]}`)
  }

  /** Free pages of a transaction: how many, then a number each, or the length of a run, negative, and its first. */
  function checkFree (key: Buffer, page: Buffer, node: number): void {
    if (key.length !== 8) throw new Damage('free pages are of no transaction')
    const value = valueAt(page, node, 0)
    const list = typeof value === 'number'
      ? page.subarray(node + NODE_BYTES + key.length, node + NODE_BYTES + key.length + value)
      : readAt(file, value.first * pageBytes + HEADER_BYTES, value.size)
    const count = list.length < 8 ? -1 : number64(list, 0)
    if (count < 0 || (count + 1) * 8 > list.length) throw new Damage('free pages are not counted')
    let run = 1
    for (let at = 1; at <= count; at++) {
      const number = Number(list.readBigInt64LE(at * 8))
      if (number > 0) takeFree(number, run)
      run = number < 0 ? -number : 1
    }
  }

  /** Free pages at the end need not be in the file. */
  function takeFree (first: number, count: number): void {
    if (first + count - 1 > lastPage) throw new Damage(`free page ${first} is outside`)
    if (first < pages) take(first, Math.min(count, pages - first))
  }

  if (meta.main.flags !== 0 || (meta.free.flags & KEY_FLAGS) !== NUMBERS) throw new Damage('its keys are of another kind')
  checkTree(meta.main, Buffer.compare, () => {})
  checkTree(meta.free, (a, b) => number64(a, 0) - number64(b, 0), checkFree)
}
