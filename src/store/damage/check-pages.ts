import { BRANCH, Damage, LEAF, number64, type Meta, type Tree } from './file-pages.js'
import { createPageFile, type PageFile } from './page-file.js'
import { childAt, keyAt, nodesOf, valueAt, type Overflow, type Page } from './page-nodes.js'

/** LMDB holds no deeper tree (CURSOR_STACK in mdb.c). Levels. */
const MOST_DEPTH = 32
/** Keys of the tree of free pages are numbers (MDB_INTEGERKEY). */
const NUMBERS = 0x08
/** Of the flags of that tree: those that say what keys and values are. The others are of the file. */
const KEY_FLAGS = 0x7e

const COUNTS = ['branchPages', 'leafPages', 'overflowPages', 'entries'] as const

/** What is to be known of the entries of a tree. */
interface Entries {
  readonly compare: (a: Buffer, b: Buffer) => number
  readonly onEntry?: (key: Buffer, value: Buffer | Overflow) => void
}

function checkTree(file: PageFile, tree: Tree, { compare, onEntry }: Entries): void {
  const found = { branchPages: 0, leafPages: 0, overflowPages: 0, entries: 0 }
  let before: Buffer | undefined

  function checkEntry(page: Page, node: number): void {
    found.entries++
    const key = keyAt(page, node)
    if (key.length === 0 || (before !== undefined && compare(before, key) >= 0)) {
      throw new Damage(`page ${page.number} is out of order`)
    }
    before = key
    const value = valueAt(page, node)
    if (!Buffer.isBuffer(value)) {
      file.takeValue(value)
      found.overflowPages += value.count
    }
    onEntry?.(key, value)
  }

  function walk(number: number, level: number): void {
    const page = file.take(number)
    const isLeaf = level === tree.depth
    if (page.bytes.readUInt16LE(18) !== (isLeaf ? LEAF : BRANCH)) throw new Damage(`page ${number} is of another kind`)
    found[isLeaf ? 'leafPages' : 'branchPages']++
    const nodes = nodesOf(page)
    if (nodes.length === 0) throw new Damage(`page ${number} is empty`)
    for (const node of nodes) {
      if (isLeaf) checkEntry(page, node)
      else walk(childAt(page, node), level + 1)
    }
  }

  if (tree.root !== undefined) {
    if (tree.depth < 1 || tree.depth > MOST_DEPTH) throw new Damage('it has no depth')
    walk(tree.root, 1)
  }
  for (const name of COUNTS) {
    if (found[name] !== tree[name]) throw new Damage(`it has ${found[name]} ${name} of ${tree[name]}`)
  }
}

/** Free pages of a transaction: how many words, then a number each, or the length of a run, negative, and its first. */
function checkFree(file: PageFile, key: Buffer, value: Buffer | Overflow): void {
  const list = Buffer.isBuffer(value) ? value : file.bytesOf(value)
  const count = list.length < 8 ? Infinity : number64(list, 0)
  if (key.length !== 8 || (count + 1) * 8 > list.length) throw new Damage('its free pages are not counted')
  let run = 1
  for (let at = 1; at <= count; at++) {
    const word = Number(list.readBigInt64LE(at * 8))
    if (word > 0) file.takeFree(word, run)
    run = word < 0 ? -word : 1
  }
}

function compareNumbers(a: Buffer, b: Buffer): number {
  if (a.length !== 8 || b.length !== 8) throw new Damage('its free pages are of no transaction')
  return number64(a, 0) - number64(b, 0)
}

/**
 * Walks through a file as LMDB would, which trusts it: a page number behind the end is a SIGBUS there, an offset behind
 * the end of a page a SIGSEGV. What values mean is not looked at. @throws Damage
 */
export function checkPages(file: number, fileBytes: number, meta: Meta): void {
  const pages = createPageFile(file, fileBytes, meta)
  const { main, free } = meta
  if (main.flags !== 0 || (free.flags & KEY_FLAGS) !== NUMBERS) throw new Damage('its keys are of another kind')
  checkTree(pages, main, { compare: Buffer.compare })
  checkTree(pages, free, { compare: compareNumbers, onEntry: (key, value) => checkFree(pages, key, value) })
}
