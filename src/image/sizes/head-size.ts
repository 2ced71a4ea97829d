import { imageSize } from 'image-size'

type HeadSize = ReturnType<typeof imageSize>

/**
 * The size of an image, as it is stored, by the head of its file; undefined if that does not tell. Nothing is decoded.
 */
export function headSize(bytes: Uint8Array): HeadSize | undefined {
  try {
    // a copy: image-size reads on behind the end of a view, in what is beside it in memory
    return imageSize(new Uint8Array(bytes))
  } catch {
    return undefined
  }
}
