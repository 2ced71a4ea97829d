import anyAscii from 'any-ascii'

/** A text in ASCII alone, for fields of HTTP; letters of other scripts are written in Latin ones. */
export const toAscii = (text: string): string => anyAscii(text).replace(/[^\x20-\x7E]/g, '')
