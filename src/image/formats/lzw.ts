/** Codes have at most twelve bits (GIF89a, appendix F). */
export const mostCodes = 4096

/** The code size of lzw() for colours of this many bits: two at least, for one-bit images too (GIF89a, appendix F). */
export const codeSizeFor = (bits: number): number => Math.max(2, bits)

/** The slots of the table of strings: a power of two, four times the codes, so that it is never crowded. */
const slots = mostCodes * 4

/**
 * Compresses colour indices with GIF's variable-length-code LZW (GIF89a, appendix F) and cuts the result into
 * sub-blocks, with the code size before and the empty block after them (GIF89a, section 22). The table is cleared as
 * soon as it is full: a deferred clear is valid and smaller, but decoders of the time get it wrong.
 */
export function lzw(indices: Uint8Array, codeSize: number): Buffer {
  return frame(compress(indices, codeSize), codeSize)
}

function compress(indices: Uint8Array, codeSize: number): Uint8Array {
  const clearCode = 1 << codeSize
  // the worst case is one code of twelve bits for each pixel, a clear code every 4,000, and the ends
  const out = new Uint8Array(Math.ceil(indices.length * 1.51) + 16)
  const keys = new Int32Array(slots).fill(-1)
  const codes = new Uint16Array(slots)
  let bytes = 0
  let bits = 0
  let held = 0
  let size = codeSize + 1
  let next = clearCode + 2
  const emit = (code: number): void => {
    held |= code << bits
    bits += size
    while (bits >= 8) {
      out[bytes++] = held
      held >>>= 8
      bits -= 8
    }
  }
  emit(clearCode)
  let prefix = indices[0] ?? 0
  for (let i = 1; i < indices.length; i++) {
    const index = indices[i] ?? 0
    const key = (prefix << 8) | index
    let slot = Math.imul(key, 0x9e3779b1) >>> 18
    while (keys[slot] !== key && keys[slot] !== -1) slot = (slot + 1) & (slots - 1)
    if (keys[slot] === key) {
      prefix = codes[slot] ?? 0
      continue
    }
    emit(prefix)
    prefix = index
    if (next === mostCodes) {
      emit(clearCode)
      keys.fill(-1)
      size = codeSize + 1
      next = clearCode + 2
      continue
    }
    // the decoder is one string behind: codes grow when the string that was just added needs the longer form
    if (next === 1 << size) size++
    keys[slot] = key
    codes[slot] = next++
  }
  emit(prefix)
  if (next === 1 << size && size < 12) size++
  emit(clearCode + 1)
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
