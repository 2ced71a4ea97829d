import { writtenAddress } from './address.js'

/** Where views of a page are, and which page it is. */
interface Viewed {
  readonly portal: string
  readonly url: URL
  /** The page that was asked for, if this is another form of it */
  readonly formOf?: URL
}

/** The address of another view of the page that was asked for. */
export const viewAddress = (
  { portal, url: shown, formOf: url = shown }: Viewed,
  view: 'read' | 'menu' | 'comments'
): string => `${portal}/${view}?url=${writtenAddress(url, { gateway: '' }).slice('http://'.length)}`
