import type { PageContext } from '../step.js'

/** Names of image files. File:Heron.jpg is the page of a wiki about one. */
const IMAGE_FILE = /^(?!.*(:|%3a)).*[^.]\.(jpe?g|jpe|jfif|png|gif|webp|avif|bmp|svg|tiff?)$/i

/** Whether an address looks like that of an image. */
export const isImageFile = (url: URL): boolean => IMAGE_FILE.test(url.pathname.slice(url.pathname.lastIndexOf('/') + 1))

/**
 * The address of our own page for an image, as the client asks for it; undefined for an address that is ours or not of
 * the web.
 */
export function zoomAddress(
  address: string,
  { portal, gateway }: Pick<PageContext, 'portal' | 'gateway'>
): string | undefined {
  const own = address.startsWith(gateway) ? address.slice(gateway.length) : address
  // The address follows url= unencoded, where one with an IPv6 host would have to be encoded.
  if (!own.startsWith('http://') || own.startsWith('http://[') || own.startsWith(`${portal}/`)) return undefined
  return `${portal}/image?url=${own.slice('http://'.length).replace(/#.*/s, '')}`
}
