/**
 * The beginning of a reference: & and a letter, &# and a letter or digit (ISO 8879, delimiters ERO and CRO in context).
 * Anything else after & is text in SGML.
 */
const REFERENCE = /(&|&#(?=[A-Za-z0-9]))([A-Za-z]|(?<=#)[0-9])/g

/** The same with the letter percent-encoded: %41-%5A, %61-%7A. */
const ENCODED = /&(#?)%([46][1-9A-F]|[57][0-9A])/gi

const percent = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`

/**
 * Writes an address for clients that never decode attribute values: & stays, and the letter after it is percent-encoded
 * so that no reference begins there, `?a=1&%63opy=2`. An unreserved character means the same either way (RFC 3986,
 * 2.3), SGML sees no name after &, and CERN's libwww and Contiki ask for exactly what they read.
 */
export const hideReferences = (address: string): string =>
  address.includes('&')
    ? address.replace(REFERENCE, (_, before: string, letter: string) => `${before}${percent(letter)}`)
    : address

/** What a button without a name of its own sends (page/steps/simple-forms.ts). */
const NAMELESS_BUTTON = /([?&])~=[^&]*(&?)/g

/** Undoes hideReferences(): sites that sign their addresses compare them letter by letter. */
export const restoreReferences = (address: string): string =>
  /[?&]~|&#?%/.test(address)
    ? address
        .replace(
          ENCODED,
          (_, hash: string, code: string) => `&${hash}${String.fromCharCode(Number.parseInt(code, 16))}`
        )
        .replace(NAMELESS_BUTTON, (_, before: string, after: string) => (after === '' ? '' : before))
    : address
