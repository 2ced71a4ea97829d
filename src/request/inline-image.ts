import { isInlinePath } from '../memory/inline-images.js'
import type { Visit, FetchPlan } from './visit-state.js'

const IMAGE_NAME = /\.(gif|jpe?g|png|webp|avif|svg|bmp|ico)$/i

/** Netscape names no other types in Accept when it loads an image for a page. */
function takesOnlyImages({ headers: { accept = '' } }: Visit['request']): boolean {
  return accept.includes('image/') && !/text\/|\*\/\*/.test(accept)
}

/** Dillo, NetSurf and others since take anything else as well, and name it last. */
const prefersImages = ({ headers: { accept = '' } }: Visit['request']): boolean =>
  accept.includes(';') && /^\s*image\/[^,]+,.*\*\/\*\s*;\s*q=/i.test(accept) && !accept.includes('text/')

/**
 * Whether a request is certainly for an image within a page: it has the size that a page gave it, or the browser
 * accepts nothing but images. Nobody types either.
 */
export function isSurelyInlineImage({ request }: Visit, plan: FetchPlan): boolean {
  // An image on a page of its own is a page.
  return request.method === 'GET' && plan.view !== 'image' && (plan.size !== undefined || takesOnlyImages(request))
}

/**
 * Whether a request is for an image within a page, as far as that can be told. There nobody would see an error page.
 */
export function isInlineImage(visit: Visit, plan: FetchPlan | undefined): boolean {
  const { request } = visit
  if (request.method !== 'GET') return false
  // An unknown short address may have been that of an image.
  if (plan === undefined)
    return request.located.kind === 'portal'
      ? isInlinePath(request.located.path)
      : request.located.kind === 'bad' && takesOnlyImages(request)
  if (isSurelyInlineImage(visit, plan)) return true
  return plan.view !== 'image' && (prefersImages(request) || IMAGE_NAME.test(plan.url.pathname))
}
