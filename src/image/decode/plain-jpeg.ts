import type { Size } from '../fit.js'

/** Markers of a JPEG (ITU T.81, table B.1) that is read here. */
const START_OF_IMAGE = 0xffd8
const BASELINE_FRAME = 0xffc0
const START_OF_SCAN = 0xffda
/** What may stand before the pixels and says nothing about the size: tables, a comment, the densities of JFIF. */
const HARMLESS: ReadonlySet<number> = new Set([0xffdb, 0xffc4, 0xffdd, 0xfffe, 0xffe0])

/** Of the frame's segment (ITU T.81, B.2.2): from its marker to its number of components. Bytes. */
const FRAME_HEAD = 10
const SEGMENT_HEAD = 4

/**
 * The size of a baseline JPEG of eight bits, grey or in three colours, whose head has nothing else that counts: no EXIF data,
 * which may turn it, no profile, no other colours. Undefined for all others, which a decoder is asked about. Decoders take
 * what stands behind the frame as well.
 */
export function plainJpegSize(bytes: Buffer): Size | undefined {
  if (bytes.length < FRAME_HEAD || bytes.readUInt16BE(0) !== START_OF_IMAGE) return undefined
  let size: Size | undefined
  for (let at = 2; at + FRAME_HEAD <= bytes.length;) {
    const marker = bytes.readUInt16BE(at)
    if (marker === START_OF_SCAN) return size
    if (marker === BASELINE_FRAME && size === undefined) {
      size = sizeOf(bytes.subarray(at + SEGMENT_HEAD))
      if (size === undefined) return undefined
    } else if (!HARMLESS.has(marker)) return undefined
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

function sizeOf(frame: Buffer): Size | undefined {
  const [height, width, components] = [frame.readUInt16BE(1), frame.readUInt16BE(3), frame[5]]
  const isPlain = frame[0] === 8 && width > 0 && height > 0 && (components === 1 || components === 3)
  return isPlain ? { width, height } : undefined
}
