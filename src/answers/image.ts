import { Readable } from 'node:stream'
import type { Answer, WholeAnswer } from '../answer.js'
import { BLANK_GIF } from '../image/blank.js'
import { imageOptionsFor } from '../image/options-for.js'
import type { SizeHint } from '../page/size-hint.js'
import { askerOf } from './asker.js'
import type { TaggedImage } from './image-cache.js'
import { isUnchanged } from './unchanged.js'
import type { Visit, Visited, Wanted } from './visit-state.js'

const IMAGE_NAME = /\.(gif|jpe?g|png|webp|avif|svg|bmp|ico)$/i

/** Netscape leaves all types out of Accept when it loads an image for a page. */
function takesOnlyImages ({ headers: { accept = '' } }: Visit['request']): boolean {
  return accept.includes('image/') && !/text\/|\*\/\*/.test(accept)
}

/** Whether a request is surely for an image within a page: a page gave it its size, or the browser takes nothing else. A person types neither. */
export function isSurelyInlineImage ({ request }: Visit, wanted: Wanted): boolean {
  // An image on a page of its own is a page.
  return request.method === 'GET' && wanted.view !== 'image' && (wanted.size !== undefined || takesOnlyImages(request))
}

/** Whether a request is for an image within a page, as far as that can be told: nobody would see an error page in its place. */
export function isInlineImage (visit: Visit, wanted: Wanted | undefined): boolean {
  const { request } = visit
  if (request.method !== 'GET') return false
  // A short address that is not known may have been that of an image.
  if (wanted === undefined) return request.located.kind === 'own' ? request.located.path.startsWith('/inline/') : request.located.kind === 'bad' && takesOnlyImages(request)
  return isSurelyInlineImage(visit, wanted) || (wanted.view !== 'image' && IMAGE_NAME.test(wanted.url.pathname))
}

/** The smallest GIF there is, with 200: browsers draw a broken image otherwise, and some fail (docs/clients.md R42). */
export function blankImage (unread?: Readable): Visited & WholeAnswer {
  unread?.on('error', () => {}).destroy()
  return { kind: 'image', status: 200, headers: { 'content-type': 'image/gif' }, body: BLANK_GIF }
}

/** An image as the client can draw it. @throws Failure when it cannot be converted. */
export async function convertedImage ({ request, stages, client, choices, hints }: Visit, bytes: Buffer, size: SizeHint | undefined): Promise<TaggedImage> {
  const { config, images } = stages
  const limits = { maxPixels: config.maxImagePixels, maxSide: config.maxImageSide, maxFrames: config.maxImageFrames, timeoutSeconds: config.conversionTimeoutSeconds, maxBytes: config.maxImageBytes }
  return await images.converted(bytes, imageOptionsFor(client, size, limits, choices.colours, hints), askerOf(request))
}

/** A converted image, or 304 to a client that has it. */
export function taggedAnswer ({ request }: Visit, { bytes, type, tag }: TaggedImage, changed: number | undefined): Answer {
  const versions = { etag: tag, ...(changed === undefined ? {} : { 'last-modified': new Date(changed).toUTCString() }) }
  // A stream: of an empty Buffer the length would be sent, which is not that of the image.
  if (isUnchanged(request.headers, { tag, length: bytes.length, changed })) return { status: 304, headers: versions, body: Readable.from([]) }
  return { status: 200, headers: { ...versions, 'content-type': type }, body: bytes }
}
