import { imageSize } from 'image-size'

type HeadSize = ReturnType<typeof imageSize>

/** The stored size of an image by the head of its file; undefined if that does not have it. Nothing is decoded. */
export function headSize(bytes: Uint8Array): HeadSize | undefined {
  try {
    // this is a copy, because image-size reads beyond the end of a view, into the memory after it
    return imageSize(new Uint8Array(bytes))
  } catch {
    return undefined
  }
}
