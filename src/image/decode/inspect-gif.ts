/** The facts in the blocks of a GIF, whose pixels are not decoded. */
export interface GifFacts {
  width: number
  height: number
  frames: number
  interlaced: boolean
  /** A frame is removed after its time (disposal 3), which Netscape 2 and 3 cannot do. */
  reverts: boolean
  /** Every frame covers the whole screen: Mosaic and MicroWeb draw only the frame. */
  wholeFrames: boolean
  /** All blocks are there, up to the trailer. */
  complete: boolean
}

/** Walks the blocks of a GIF (GIF89a, appendix B). */
export function inspectGif(bytes: Buffer): GifFacts {
  const facts = {
    width: 0,
    height: 0,
    frames: 0,
    interlaced: false,
    reverts: false,
    wholeFrames: true,
    complete: false
  }
  if (bytes.length < 13) return facts
  facts.width = bytes.readUInt16LE(6)
  facts.height = bytes.readUInt16LE(8)
  let at = 13 + tableBytes(bytes[10])
  while (at < bytes.length) {
    const block = bytes[at]
    if (block === 0x3b) return { ...facts, complete: true }
    if (block === 0x21) {
      facts.reverts ||= bytes[at + 1] === 0xf9 && (((bytes[at + 3] ?? 0) >> 2) & 7) === 3
      at = afterSubBlocks(bytes, at + 2)
    } else if (block === 0x2c && at + 10 < bytes.length) {
      const flags = bytes[at + 9] ?? 0
      facts.frames++
      facts.interlaced ||= (flags & 0x40) !== 0
      facts.wholeFrames &&= isWhole(bytes, at, facts)
      at = afterSubBlocks(bytes, at + 11 + tableBytes(flags))
    } else {
      return facts
    }
  }
  return facts
}

function tableBytes(flags = 0): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0
}

function isWhole(bytes: Buffer, at: number, screen: { width: number; height: number }): boolean {
  const corner = bytes.readUInt32LE(at + 1)
  return corner === 0 && bytes.readUInt16LE(at + 5) === screen.width && bytes.readUInt16LE(at + 7) === screen.height
}

function afterSubBlocks(bytes: Buffer, from: number): number {
  let at = from
  for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) at += length + 1
  return at + 1
}
