import { decodePercent } from '../../bytes/decode-percent.js'

/** Authorization by the name and the password in an address; undefined if there is no name. RFC 7617. */
export const passwordOf = ({ username, password }: URL): string | undefined =>
  username === ''
    ? undefined
    : `Basic ${Buffer.from(`${decodePercent(username)}:${decodePercent(password)}`).toString('base64')}`
