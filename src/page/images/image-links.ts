import type { PageContext } from '../step.js'

/** Files that are images by their name. File:Heron.jpg is the page of a wiki about one. */
const IMAGE_FILE = /^(?!.*(:|%3a)).*[^.]\.(jpe?g|jpe|jfif|png|gif|webp|avif|bmp|svg|tiff?)$/i

/** Whether an address leads to an image, by what it looks like. */
export const isImageFile = (url: URL): boolean => IMAGE_FILE.test(url.pathname.slice(url.pathname.lastIndexOf('/') + 1))

/**
 * The page of its own for an image, as the client asks for it; undefined for an address that is ours or not of the web.
 */
export function zoomAddress(
  address: string,
  { portal, gateway }: Pick<PageContext, 'portal' | 'gateway'>
): string | undefined {
  const own = address.startsWith(gateway) ? address.slice(gateway.length) : address
  // The address is all that stands behind url=, where an address of IPv6 would have to be encoded.
  if (!own.startsWith('http://') || own.startsWith('http://[') || own.startsWith(`${portal}/`)) return undefined
  return `${portal}/image?url=${own.slice('http://'.length).replace(/#.*/s, '')}`
}
