/** For a client that says nothing. */
const DEFAULT_LANGUAGE = 'en'

/** The language that a client wants most: the first of Accept-Language, two or three letters (RFC 9110 12.5.4). */
export function languageOf(acceptLanguage: string | undefined): string {
  return /^\s*([a-z]{2,3})(?![a-z])/i.exec(acceptLanguage ?? '')?.[1]?.toLowerCase() ?? DEFAULT_LANGUAGE
}
