import type { ButtonTarget } from '../charset/form-mark.js'
import type { AimedForm } from '../front/forms/rewrite-form.js'
import type { OriginRequest } from '../origin/origin-request.js'

/**
 * The address that a button names, on the host that its form goes to: what anybody can send must not lead to another
 * one, whose guard, cookies and rules have not been asked.
 */
export function aimedAddress(url: URL, { path }: Pick<ButtonTarget, 'path'>): URL {
  const aimed = new URL(url.href)
  const at = path.indexOf('?')
  aimed.pathname = at < 0 ? path : path.slice(0, at)
  aimed.search = at < 0 ? '' : path.slice(at)
  aimed.hash = ''
  return aimed
}

/** A form that its client has sent by GET, as its site wants it; nothing for all other requests. */
export const posted = (form: Buffer | undefined, headers: OriginRequest['headers']): Partial<OriginRequest> =>
  form === undefined
    ? {}
    : {
        method: 'POST',
        body: form,
        again: async () => form,
        headers: {
          ...headers,
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(form.length)
        }
      }

/** Fields that tell of a body. */
const OF_BODIES = /^content-/i

/** The request for a form, where its button sends it. */
export function aimed<Asked extends OriginRequest>(request: Asked, to: AimedForm | undefined): Asked {
  if (to === undefined) return request
  const url = aimedAddress(request.url, to)
  if (to.method === 'post' || to.query === undefined) return { ...request, url }
  url.search = to.query
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !OF_BODIES.test(name)))
  return { ...request, url, method: 'GET', body: null, headers }
}
