import { isWebAddress } from '../bytes/web-address.js'
import { Failure } from '../failures.js'
import { NO_COOKIES } from './cookies/cookie-keeper.js'
import { passwordOf } from './headers/password.js'
import { isRepeatable, type CountedRequest, type OriginAnswer } from './origin-request.js'

/** Statuses that keep the method and the body of a request. RFC 9110 15.4.8 and 15.4.9. */
const KEEPS_BODY = new Set([307, 308])

/** The origin of a page, as another site may know it; undefined if there is none. */
const originOf = (referer: string | undefined): string | undefined =>
  referer !== undefined && URL.canParse(referer) ? `${new URL(referer).origin}/` : undefined

/** Fields for another address: conditions are about the first one, and a password is for its host alone. */
function headersFor(
  headers: CountedRequest['headers'],
  { from, to }: { readonly from: URL; readonly to: URL }
): Record<string, string> {
  const named = passwordOf(to)
  const moved = from.host !== to.host
  const fields = Object.entries({
    ...headers,
    'if-none-match': undefined,
    'if-modified-since': undefined,
    authorization: named ?? (moved ? undefined : headers.authorization),
    referer: moved ? originOf(headers.referer) : headers.referer
  })
  return Object.fromEntries(fields.filter((field): field is [string, string] => field[1] !== undefined))
}

/** Whether a request is sent on by us to another address, and not by the client. */
const isSentOn = (request: CountedRequest, status: number): boolean =>
  isRepeatable(request) ? request.method !== 'HEAD' && request.follows === true : KEEPS_BODY.has(status)

/**
 * The request for the address that a redirect names, where the client would not ask for it in the right way: browsers
 * of the time follow none in the place of an image, and make a GET of a form. Undefined if it is left to the client.
 * @throws Failure FORM_MOVED when the form is too long to be sent again.
 */
export async function sentOn(
  request: CountedRequest,
  { statusCode }: Pick<OriginAnswer, 'statusCode'>,
  to: URL
): Promise<CountedRequest | undefined> {
  if (!isWebAddress(to) || !isSentOn(request, statusCode)) return undefined
  const body = isRepeatable(request) ? null : await request.again?.()
  if (body === undefined) throw new Failure('FORM_MOVED', to.host)
  const cookies = to.hostname === request.url.hostname ? request.cookies : (request.onward?.(to) ?? NO_COOKIES)
  return { ...request, url: to, headers: headersFor(request.headers, { from: request.url, to }), body, cookies }
}
