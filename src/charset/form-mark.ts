import { charsetNamed } from './charsets.js'
import { siteCharset, siteIconvName } from './site-charset.js'

/** Name of the hidden first field of a form: it travels with the form, so that no memory of the page is needed. */
export const FORM_MARK = '~charset'

/** Name of a button that has none of its own: Contiki draws none without. It goes no further than this proxy. */
export const NO_NAME = '~'

/** Both charsets of a form. */
export interface FormCharsets {
  /** That the site takes, as siteCharset names it */
  readonly site: string
  /** That the page with the form was sent in, as charsets.ts names it, in lower case */
  readonly client: string
}

/** What iconv-lite calls the charset of what is typed: on every system, Latin-1 is windows-1252 or a part of it. */
export function typedIconvName(client: string): string {
  const charset = charsetNamed(client)
  return charset === undefined || charset.isDefault === true ? 'windows-1252' : charset.iconv
}

/** Whether what can be typed has other bytes for the site. */
export const differ = ({ site, client }: FormCharsets): boolean =>
  charsetNamed(client)?.name !== 'US-ASCII' && typedIconvName(client) !== siteIconvName(site)

/** The value of the mark. */
export const markValue = ({ site, client }: FormCharsets): string => `${site}.${client}`

/** The charsets of a mark; undefined for what is none, as anybody can send one. */
export function readMark(value: string): FormCharsets | undefined {
  const [, label = '', client = ''] = /^([\w-]+)\.([\w-]+)$/.exec(value) ?? []
  const site = siteCharset(label)
  const charset = charsetNamed(client)
  return site === undefined || charset === undefined ? undefined : { site, client: charset.name.toLowerCase() }
}

/** Begins a name or a value that is written in ASCII, because the client would send back another one. */
const TOKEN = '~utf8.'

/** Of letters that even clients that encode nothing send as they are. */
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

/** A name or a value of any characters as a token of ASCII. */
export const asToken = (text: string): string => TOKEN + escaped(text)

/** A name that carries its value with it: for buttons, whose value is their label. */
export const asFieldToken = (name: string, value: string): string => `${TOKEN}${escaped(name)}.${escaped(value)}`

export const isToken = (text: string): boolean => text.startsWith(TOKEN)

/** What a token stands for: a text, or a name with its value; undefined for any other text. */
export function readToken(text: string): readonly [text: string, value?: string] | undefined {
  const [, first, second] = /^~utf8\.((?:[\w-]|\*[0-9A-F]{2})*)(?:\.((?:[\w-]|\*[0-9A-F]{2})*))?$/.exec(text) ?? []
  if (first === undefined) return undefined
  return second === undefined ? [unescaped(first)] : [unescaped(first), unescaped(second)]
}
