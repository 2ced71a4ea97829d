import { afterProlog } from '../../bytes/after-prolog.js'
import { isXbm } from './read-xbm.js'

/** The kinds of image that the web sends. */
export type ImageKind = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'svg' | 'tiff' | 'bmp' | 'ico' | 'jp2' | 'xbm'

/** The bytes at the beginning, in Latin-1, or at `at`. */
interface Magic {
  kind: ImageKind
  bytes: string
  at?: number
}

// WHATWG MIME Sniffing, section 6.1, and the formats' own documents for those that it leaves out (TIFF, JPEG 2000).
const magics: readonly Magic[] = [
  { kind: 'jpeg', bytes: '\xff\xd8\xff' },
  { kind: 'png', bytes: '\x89PNG\r\n\x1a\n' },
  { kind: 'gif', bytes: 'GIF87a' },
  { kind: 'gif', bytes: 'GIF89a' },
  { kind: 'webp', bytes: 'WEBPVP8', at: 8 },
  { kind: 'avif', bytes: 'ftypavif', at: 4 },
  { kind: 'avif', bytes: 'ftypavis', at: 4 },
  { kind: 'tiff', bytes: 'II*\0' },
  { kind: 'tiff', bytes: 'MM\0*' },
  { kind: 'ico', bytes: '\0\0\x01\0' },
  { kind: 'ico', bytes: '\0\0\x02\0' },
  { kind: 'jp2', bytes: '\0\0\0\x0cjP  ' },
  { kind: 'jp2', bytes: '\xff\x4f\xff\x51' }
]

/** The root element is searched for up to here: editors write long comments before it. */
const svgPrologBytes = 4096

/** The kind of an image by its first bytes: origins send wrong types, and WebP often as image/jpeg. */
export function sniffImage(bytes: Buffer): ImageKind | undefined {
  const head = bytes.subarray(0, 32).toString('latin1')
  const magic = magics.find(m => head.startsWith(m.bytes, m.at ?? 0))
  if (magic !== undefined) return magic.kind
  if (isBmp(bytes)) return 'bmp'
  if (isAvifBrand(head)) return 'avif'
  if (isXbm(bytes)) return 'xbm'
  return isSvg(bytes) ? 'svg' : undefined
}

/**
 * Whether it is a bitmap: "BM" begins many words too, so that the size of the second header must be a valid one (12 to
 * 124 bytes).
 */
function isBmp(bytes: Buffer): boolean {
  if (bytes.length < 26 || bytes.toString('latin1', 0, 2) !== 'BM') return false
  return [12, 16, 40, 52, 56, 64, 108, 124].includes(bytes.readUInt32LE(14))
}

/**
 * Whether it is an AVIF by its brands: it may have mif1 or msf1 as its major brand and avif among the compatible ones.
 */
function isAvifBrand(head: string): boolean {
  return /^.{4}ftyp(mif1|msf1)/s.test(head) && /avi[fs]/.test(head.slice(16))
}

/** Whether the first element is svg: an HTML page with an svg in it has html, head or a doctype before it. */
function isSvg(bytes: Buffer): boolean {
  return /^<(?:\w+:)?svg[\s>/]/.test(afterProlog(bytes.toString('latin1', 0, svgPrologBytes), root => root === 'svg'))
}
