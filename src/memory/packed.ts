import { isFields } from '../bytes/json-fields.js'

/** Bytes with what is known of them, as one value of a shared store. */
export interface Packed<M> {
  readonly meta: M
  readonly parts: readonly Buffer[]
}

const HEAD_BYTES = 4

/** A length, then JSON of what is known and of the lengths of the parts, then the parts. */
export function pack<M>({ meta, parts }: Packed<M>): Buffer {
  const head = Buffer.from(JSON.stringify({ meta, lengths: parts.map(part => part.length) }))
  const length = Buffer.alloc(HEAD_BYTES)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, ...parts])
}

interface Head {
  readonly meta: unknown
  readonly lengths: readonly number[]
}

function isHead(found: unknown): found is Head {
  return (
    isFields(found) &&
    'meta' in found &&
    Array.isArray(found.lengths) &&
    found.lengths.every(length => Number.isInteger(length) && length >= 0)
  )
}

/** Whether what is known of bytes is of the kind that is looked for: anybody who shares a store can write there. */
export type IsMeta<M> = (found: unknown) => found is M

/** What was packed; undefined for bytes that are damaged or were not packed by us. */
export function unpack<M>(bytes: Buffer, isMeta: IsMeta<M>): Packed<M> | undefined {
  try {
    const end = HEAD_BYTES + bytes.readUInt32BE()
    const head: unknown = JSON.parse(bytes.toString('utf8', HEAD_BYTES, end))
    if (!isHead(head) || !isMeta(head.meta)) return undefined
    let at = end
    const parts = head.lengths.map(length => bytes.subarray(at, (at += length)))
    return at === bytes.length ? { meta: head.meta, parts } : undefined
  } catch {
    return undefined
  }
}
