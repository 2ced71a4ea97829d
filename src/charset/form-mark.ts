import { charsetNamed } from './charsets.js'
import { siteCharset, siteIconvName } from './site-charset.js'

/**
 * The name of the hidden first field of a form: it travels with the form, so that nothing about the page must be
 * remembered.
 */
export const FORM_MARK = '~charset'

/** The name of a button without one: Contiki draws none without. It goes no further than this proxy. */
export const NO_NAME = '~'

/** Both charsets of a form. */
export interface FormCharsets {
  /** The charset that the site expects, by its name from siteCharset */
  readonly site: string
  /** The charset of the page with the form, by its name in charsets.ts, in lower case */
  readonly client: string
}

/** The iconv-lite name of the charset of typed text: on every system, Latin-1 is windows-1252 or a part of it. */
export function typedIconvName(client: string): string {
  const charset = charsetNamed(client)
  return charset === undefined || charset.isDefault === true ? 'windows-1252' : charset.iconv
}

/** Whether typed text has other bytes for the site. */
export const differ = ({ site, client }: FormCharsets): boolean =>
  charsetNamed(client)?.name !== 'US-ASCII' && typedIconvName(client) !== siteIconvName(site)

/** The value of the mark. */
export const markValue = ({ site, client }: FormCharsets): string => `${site}.${client}`

/** The charsets of a mark; undefined if it is invalid, because anybody can send one. */
export function readMark(value: string): FormCharsets | undefined {
  const [, label = '', client = ''] = /^([\w-]+)\.([\w-]+)$/.exec(value) ?? []
  const site = siteCharset(label)
  const charset = charsetNamed(client)
  return site === undefined || charset === undefined ? undefined : { site, client: charset.name.toLowerCase() }
}

/** The beginning of a name or value that is written in ASCII, because the client would send it back changed. */
const TOKEN = '~utf8.'

/** Escapes a text into letters that even clients which encode nothing send unchanged. */
const escaped = (text: string): string =>
  [...Buffer.from(text)]
    .map(byte =>
      /[\w-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `*${byte.toString(16).toUpperCase().padStart(2, '0')}`
    )
    .join('')

const unescaped = (token: string): string =>
  Buffer.from(
    token.replace(/\*([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1'
  ).toString('utf8')

/** Writes a name or value of any characters as a token of ASCII. */
export const asToken = (text: string): string => TOKEN + escaped(text)

/** Writes a name that carries its value with it: for buttons, whose value is their label. */
export const asFieldToken = (name: string, value: string): string => `${TOKEN}${escaped(name)}.${escaped(value)}`

export const isToken = (text: string): boolean => text.startsWith(TOKEN)

/** Reads a token: a text, or a name with its value; undefined for any other text. */
export function readToken(text: string): readonly [text: string, value?: string] | undefined {
  const [, first, second] = /^~utf8\.((?:[\w-]|\*[0-9A-F]{2})*)(?:\.((?:[\w-]|\*[0-9A-F]{2})*))?$/.exec(text) ?? []
  if (first === undefined) return undefined
  return second === undefined ? [unescaped(first)] : [unescaped(first), unescaped(second)]
}
