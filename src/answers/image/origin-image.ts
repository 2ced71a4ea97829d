import type { Answer } from '../../front/answer.js'
import type { ReadBody } from '../../origin/body/body.js'
import { blankImage, convertedImage, taggedAnswer } from './image.js'
import type { OriginalImage } from '../../memory/image-cache.js'
import { keepOriginal, type Keepable } from './kept-image.js'
import { learnSize } from '../page/page-image-sizes.js'
import { personalOf } from '../../request/personal.js'
import type { OriginResponse } from '../../origin/origin-request.js'
import type { Visit, Visited, FetchPlan } from '../../request/visit-state.js'
import { zoomAnswer } from './zoom.js'

/** An image of an origin, in the client's form or on a page of its own; what cannot be converted is a blank one. */
export async function originalAnswer(
  visit: Visit,
  plan: FetchPlan,
  { bytes, changed }: OriginalImage,
  personal: Answer['headers']
): Promise<Visited> {
  if (plan.view === 'image') {
    const page = await zoomAnswer(visit, plan, bytes)
    return { ...page, headers: { ...personal, ...page.headers } }
  }
  try {
    const image = await convertedImage(visit, bytes, plan.size)
    learnSize(visit, plan, image.source)
    const { status, headers, body } = taggedAnswer(visit, image, changed)
    return { kind: 'image', status, headers: { ...personal, ...headers }, body, originBytes: bytes.length }
  } catch {
    return blankImage()
  }
}

/** An image that an origin has sent; what came whole may be kept. */
export async function imageAnswer(
  visit: Visit,
  plan: FetchPlan,
  response: OriginResponse,
  read: ReadBody,
  keepable: Keepable | undefined
): Promise<Visited> {
  if (read.cut === 'size') return plan.view === 'image' ? await zoomAnswer(visit, plan, undefined) : blankImage()
  const original =
    read.cut === undefined && response.status === 200
      ? keepOriginal(visit, keepable, response, read.bytes)
      : { bytes: read.bytes, changed: undefined }
  return await originalAnswer(visit, plan, original, personalOf(visit, response))
}
