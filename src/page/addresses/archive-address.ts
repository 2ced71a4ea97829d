import { writtenAddress } from './address.js'

/** The host of the Wayback Machine; /web/ADDRESS leads to the newest copy. */
const ARCHIVE_HOST = 'web.archive.org'

/** Whether an archive may have been there: a host in a network of one's own has no name that others know. */
const isPublic = ({ hostname }: URL): boolean => hostname.includes('.') && !/^[\d.]+$/.test(hostname)

/** The newest copy of a page in the Internet Archive; undefined for one that is from there, or cannot be. */
export const archiveAddress = (url: URL, { gateway }: { readonly gateway: string }): string | undefined =>
  url.hostname === ARCHIVE_HOST || !isPublic(url)
    ? undefined
    : `${gateway}http://${ARCHIVE_HOST}/web/${writtenAddress(url, { gateway: '' })}`
