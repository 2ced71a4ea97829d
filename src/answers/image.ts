import type { Readable } from 'node:stream'
import type { Answer } from '../answer.js'
import { BLANK_GIF } from '../image/blank.js'
import { imageOptionsFor } from '../image/options-for.js'
import type { ReadBody } from '../origin/body.js'
import type { SizeHint } from '../page/size-hint.js'
import { personalOf } from './personal.js'
import type { OriginResponse, Visit, Visited, Wanted } from './visit-state.js'

const IMAGE_NAME = /\.(gif|jpe?g|png|webp|avif|svg|bmp|ico)$/i

/** Whether a request is for an image within a page: nobody would see an error page in its place. */
export function isInlineImage ({ request }: Visit, wanted: Wanted | undefined): boolean {
  if (request.method !== 'GET') return false
  const accept = request.headers.accept ?? ''
  // Netscape leaves */* out of Accept when it loads an image for a page.
  const onlyImages = accept.includes('image/') && !/text\/|\*\/\*/.test(accept)
  // A short address that is not known may have been that of an image.
  if (wanted === undefined) return request.located.kind === 'own' ? request.located.path.startsWith('/inline/') : request.located.kind === 'bad' && onlyImages
  return wanted.size !== undefined || onlyImages || IMAGE_NAME.test(wanted.url.pathname)
}

/** The smallest GIF there is, with 200: browsers draw a broken image otherwise, and some fail (docs/clients.md R42). */
export function blankImage (unread?: Readable): Visited {
  unread?.on('error', () => {}).destroy()
  return { kind: 'image', status: 200, headers: { 'content-type': 'image/gif' }, body: BLANK_GIF }
}

/** An image as the client can draw it. @throws Failure when it cannot be converted. */
export async function convertedImage ({ request, stages, client, choices }: Visit, bytes: Buffer, size: SizeHint | undefined): Promise<Answer> {
  const { config, workers } = stages
  const limits = { maxPixels: config.maxImagePixels, maxFrames: config.maxImageFrames, timeoutSeconds: config.conversionTimeoutSeconds, maxBytes: config.maxImageBytes }
  const image = await workers.image(bytes, imageOptionsFor(client, size, limits, choices.colours), request.signal)
  return { status: 200, headers: { 'content-type': image.type }, body: Buffer.from(image.bytes) }
}

/** An image of an origin; what cannot be converted is a blank one. */
export async function imageAnswer (visit: Visit, wanted: Wanted, response: OriginResponse, read: ReadBody): Promise<Visited> {
  if (read.cut === 'size') return blankImage()
  try {
    const { headers, body } = await convertedImage(visit, read.bytes, wanted.size)
    return { kind: 'image', status: 200, headers: { ...personalOf(visit, response), ...headers }, body, originBytes: read.bytes.length }
  } catch {
    return blankImage()
  }
}
