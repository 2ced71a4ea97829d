import type { Soon } from '../../async/soon.js'
import type { Answer } from '../../front/answer.js'
import type { ReadBody } from '../../origin/body/body.js'
import { blankImage, convertedImage, taggedAnswer } from './image.js'
import type { OriginalImage } from '../../memory/image-cache.js'
import type { TaggedImage } from '../../memory/shared-conversions.js'
import { keepingOfImage } from '../../origin/headers/keeping.js'
import type { OriginResponse } from '../../origin/origin-request.js'
import { keepOriginal, type Keepable } from './kept-image.js'
import { learnSize } from '../page/page-image-sizes.js'
import { personalOf } from '../../request/personal.js'
import type { Services } from '../../request/services.js'
import type { Asked, Fetched, Visit, Visited } from '../../request/visit-state.js'
import { zoomAnswer } from './zoom.js'

/** Header fields of the answer that are meant for this person only, and how long it may be kept. */
interface Personal {
  readonly personal: Answer['headers']
  /** It has been an answer before: its size was learnt by then */
  readonly isKept?: true
}

/** The fields of an image's answer that its site decides. */
export const imageFields = (visit: Visit, response: OriginResponse): Answer['headers'] => ({
  ...personalOf(visit, response),
  ...keepingOfImage(response.headers, Date.now())
})

/**
 * An image of an origin, converted for the client or shown on a page of its own; a blank image if it cannot be
 * converted. At once if it is kept.
 */
export function originalAnswer(
  asked: Asked,
  { content, length, changed, personal, isKept }: OriginalImage & Personal,
  services: Pick<Services, 'images' | 'writing'>
): Soon<Visited> {
  const { visit, plan } = asked
  if (plan.view === 'image') {
    const page = zoomAnswer(asked, Buffer.isBuffer(content) ? content : undefined, services)
    return page.then(page => ({ ...page, headers: { ...personal, ...page.headers } }))
  }
  const answerWith = (image: TaggedImage): Visited => {
    if (isKept !== true) learnSize(asked, image.source, services.images)
    const { status, headers, body } = taggedAnswer(visit, image, changed)
    const fields = Object.assign({}, personal, headers)
    return { kind: 'image', status, headers: fields, body, originBytes: length }
  }
  try {
    const made = Buffer.isBuffer(content)
      ? convertedImage(visit, { bytes: content, size: plan.size }, services.images)
      : content
    return made instanceof Promise ? made.then(answerWith).catch(() => blankImage()) : answerWith(made)
  } catch {
    return blankImage()
  }
}

/** What was read of an image, and where it would be kept. */
export interface ReadImage {
  readonly read: ReadBody
  readonly keepable: Keepable | undefined
}

/** Answers with an image that an origin has sent; if it came complete, it may be kept. */
export async function imageAnswer(
  fetched: Fetched,
  { read, keepable }: ReadImage,
  services: Pick<Services, 'images' | 'writing'>
): Promise<Visited> {
  const { visit, plan, response } = fetched
  const { bytes, cut } = read
  if (cut === 'size') return plan.view === 'image' ? await zoomAnswer(fetched, undefined, services) : blankImage()
  const original =
    cut === undefined && response.status === 200
      ? keepOriginal({ keepable, bytes }, response, services.images)
      : { content: bytes, length: bytes.length, changed: undefined }
  return await originalAnswer(fetched, { ...original, personal: imageFields(visit, response) }, services)
}
