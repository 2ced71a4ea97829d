import type { Visit, FetchPlan } from './visit-state.js'

const IMAGE_NAME = /\.(gif|jpe?g|png|webp|avif|svg|bmp|ico)$/i

/** Netscape leaves all types out of Accept when it loads an image for a page. */
function takesOnlyImages({ headers: { accept = '' } }: Visit['request']): boolean {
  return accept.includes('image/') && !/text\/|\*\/\*/.test(accept)
}

/**
 * Whether a request is surely for an image within a page: a page gave it its size, or the browser takes nothing else. A
 * person types neither.
 */
export function isSurelyInlineImage({ request }: Visit, plan: FetchPlan): boolean {
  // An image on a page of its own is a page.
  return request.method === 'GET' && plan.view !== 'image' && (plan.size !== undefined || takesOnlyImages(request))
}

/**
 * Whether a request is for an image within a page, as far as that can be told: nobody would see an error page in its
 * place.
 */
export function isInlineImage(visit: Visit, plan: FetchPlan | undefined): boolean {
  const { request } = visit
  if (request.method !== 'GET') return false
  // A short address that is not known may have been that of an image.
  if (plan === undefined)
    return request.located.kind === 'portal'
      ? request.located.path.startsWith('/inline/')
      : request.located.kind === 'bad' && takesOnlyImages(request)
  return isSurelyInlineImage(visit, plan) || (plan.view !== 'image' && IMAGE_NAME.test(plan.url.pathname))
}
