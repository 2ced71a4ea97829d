/** Codes have at most twelve bits (GIF89a, appendix F). */
export const mostCodes = 4096

/** The code size of lzw() for colours of this many bits: two at least, for one-bit images too (GIF89a, appendix F). */
export const codeSizeFor = (bits: number): number => Math.max(2, bits)

/** The slots of the table of strings: a power of two, four times the codes, so that it is never crowded. */
const slots = mostCodes * 4

/** The strings of an image, before they are written. */
export interface Codes {
  /** One for each string, without those that clear the table and end the image. */
  readonly codes: Uint16Array
  /** The bits of the colours that the first codes stand for (codeSizeFor()). */
  readonly codeSize: number
}

/**
 * Compresses colour indices with GIF's variable-length-code LZW (GIF89a, appendix F) and cuts the result into
 * sub-blocks, with the code size before and the empty block after them (GIF89a, section 22).
 */
export function lzw(indices: Uint8Array, codeSize: number): Buffer {
  return writeCodes({ codes: codesOf(indices, codeSize), codeSize })
}

/** Writes the codes as lzw() does. */
export function writeCodes(codes: Codes): Buffer {
  return frame(packed(codes), codes.codeSize)
}

/**
 * The codes for colour indices. The table is cleared as soon as it is full: a deferred clear is valid and smaller, but
 * decoders of the time get it wrong.
 */
function codesOf(indices: Uint8Array, codeSize: number): Uint16Array {
  const found = new Uint16Array(indices.length + 1)
  // the code of each string, with the string that it continues and its last index before it: 12, 8 and 12 bits; no code is 0
  const table = new Int32Array(slots)
  const firstCode = (1 << codeSize) + 2
  let count = 0
  let next = firstCode
  let prefix = indices[0] ?? 0
  for (let i = 1; i < indices.length; i++) {
    const index = indices[i] ?? 0
    const key = (prefix << 8) | index
    let slot = Math.imul(key, 0x9e3779b1) >>> 18
    let entry = table[slot] ?? 0
    while (entry !== 0 && entry >>> 12 !== key) {
      slot = (slot + 1) & (slots - 1)
      entry = table[slot] ?? 0
    }
    if (entry !== 0) {
      prefix = entry & (mostCodes - 1)
      continue
    }
    found[count++] = prefix
    prefix = index
    if (next === mostCodes) {
      table.fill(0)
      next = firstCode
    } else table[slot] = (key << 12) | next++
  }
  found[count++] = prefix
  return found.subarray(0, count)
}

/** The codes as bits, between the codes that clear the table whenever it is full and the one that ends the image. */
function packed({ codes, codeSize }: Codes): Uint8Array {
  const clearCode = 1 << codeSize
  // the worst case is twelve bits for each code, a clear code every 4,000, and the ends
  const out = new Uint8Array(Math.ceil(codes.length * 1.51) + 16)
  let bytes = 0
  let bits = 0
  let held = 0
  let size = codeSize + 1
  // the table is cleared at first
  let next = mostCodes + 1
  for (let i = 0; i <= codes.length;) {
    const ends = i === codes.length
    const clears = next > mostCodes && !ends
    const code = ends ? clearCode + 1 : clears ? clearCode : (codes[i] ?? 0)
    held |= code << bits
    bits += size
    while (bits >= 8) {
      out[bytes++] = held
      held >>>= 8
      bits -= 8
    }
    if (clears) {
      size = codeSize + 1
      next = clearCode + 2
      continue
    }
    // the decoder is one string behind: codes grow when the string that was just added needs the longer form
    if (next === 1 << size && size < 12) size++
    next++
    i++
  }
  if (bits > 0) out[bytes++] = held
  return out.subarray(0, bytes)
}

function frame(data: Uint8Array, codeSize: number): Buffer {
  const blocks = Math.ceil(data.length / 255)
  const framed = Buffer.alloc(data.length + blocks + 2)
  framed[0] = codeSize
  let to = 1
  for (let from = 0; from < data.length; from += 255) {
    const block = data.subarray(from, from + 255)
    framed[to++] = block.length
    framed.set(block, to)
    to += block.length
  }
  return framed
}
