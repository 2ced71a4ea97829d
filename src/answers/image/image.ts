import type { Soon } from '../../async/soon.js'
import { Readable } from 'node:stream'
import { discard } from '../../bytes/discard.js'
import type { Answer, WholeAnswer } from '../../front/answer.js'
import { BLANK_GIF } from '../../image/blank.js'
import type { ImageOptions } from '../../image/options.js'
import type { SizeHint } from '../../page/addresses/size-hint.js'
import { askerOf } from '../../request/asker.js'
import type { TaggedImage } from '../../memory/shared-conversions.js'
import { isUnchanged } from './unchanged.js'
import type { ImageServices } from '../../request/services.js'
import type { Visit, Visited } from '../../request/visit-state.js'

/**
 * The smallest GIF, with status 200: for an error browsers draw a broken image, and some fail (docs/clients.md R42).
 */
export function blankImage(unread?: Readable): Visited & WholeAnswer {
  if (unread !== undefined) discard(unread)
  return { kind: 'image', status: 200, headers: { 'content-type': 'image/gif' }, body: BLANK_GIF }
}

/** The bytes of an image, and the size that its page has given it. */
export interface ImageFile {
  readonly bytes: Buffer
  readonly size: SizeHint | undefined
}

/** How an image of a visit is converted, where its page has given it a size. */
export function imageOptionsOf(
  { client, choices, hints: { zoom, as } }: Visit,
  size: SizeHint | undefined,
  { optionsFor }: ImageServices
): ImageOptions {
  return optionsFor(client, { exact: size, colours: choices.colours, zoom, as })
}

/** An image in a form that the client can draw, at once if it is kept. Rejects with a Failure when it cannot be converted. */
export function convertedImage(visit: Visit, { bytes, size }: ImageFile, services: ImageServices): Soon<TaggedImage> {
  const { cache } = services
  const options = imageOptionsOf(visit, size, services)
  return cache.known(bytes, options) ?? cache.converted(bytes, options, askerOf(visit.request))
}

/** Adds when an image was changed, if its site says so. */
function dated(fields: Record<string, string>, changed: number | undefined): Record<string, string> {
  if (changed !== undefined) fields['last-modified'] = new Date(changed).toUTCString()
  return fields
}

/** A converted image, or 304 if the client has it already. */
export function taggedAnswer(
  { request }: Visit,
  { bytes, type, tag }: TaggedImage,
  changed: number | undefined
): Answer {
  // An empty stream: with an empty Buffer its length, 0, would be sent, which is not that of the image.
  if (isUnchanged(request.headers, { tag, length: bytes.length, changed }))
    return { status: 304, headers: dated({ etag: tag }, changed), body: Readable.from([]) }
  return { status: 200, headers: dated({ 'content-type': type, etag: tag }, changed), body: bytes }
}
