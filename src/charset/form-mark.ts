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

/** Matches what `escaped` has written. */
const LETTERS = String.raw`((?:[\w-]|\*[0-9A-F]{2})*)`

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

/** Where a button sends its form to, if not to where the form says. */
export interface ButtonTarget {
  readonly method: 'get' | 'post'
  /** On the host that the form goes to: path and query */
  readonly path: string
}

/** Where a site wants a form by POST whose client sends forms by GET alone. */
export interface WantedByPost {
  /** With a query */
  readonly path: string
  /** Proves that the form was one of a page that this client has got; letters and digits */
  readonly seal: string
}

/** What a form says of itself in its first field. */
export interface FormMark extends FormCharsets {
  readonly post?: WantedByPost
}

/** The value of the mark. */
export const markValue = ({ site, client, post }: FormMark): string =>
  `${site}.${client}${post === undefined ? '' : `.post.${post.seal}.${escaped(post.path)}`}`

const MARK_VALUE = new RegExp(String.raw`^([\w-]+)\.([\w-]+)(?:\.post\.([0-9a-z]+)\.${LETTERS})?$`)

/** What a mark says; undefined if it is invalid, because anybody can send one. */
export function readMark(value: string): FormMark | undefined {
  const [, label = '', client = '', seal, path] = MARK_VALUE.exec(value) ?? []
  const site = siteCharset(label)
  const charset = charsetNamed(client)
  if (site === undefined || charset === undefined) return undefined
  const charsets = { site, client: charset.name.toLowerCase() }
  return seal === undefined || path === undefined ? charsets : { ...charsets, post: { seal, path: unescaped(path) } }
}

/** A button with a target of its own, which no browser of the time knows: its name carries it. */
export interface AimedButton extends ButtonTarget {
  /** Empty for a button that sends nothing of its own */
  readonly name: string
  readonly value: string
}

/** Writes the name of such a button. */
export const asAimedToken = ({ name, value, method, path }: AimedButton): string =>
  `${asFieldToken(name, value)}.${method}.${escaped(path)}`

export const isToken = (text: string): boolean => text.startsWith(TOKEN)

/** What stands in a token. */
export interface ReadToken {
  readonly text: string
  /** If it carries one */
  readonly value?: string
  readonly to?: ButtonTarget
}

const TOKENS = new RegExp(String.raw`^~utf8\.${LETTERS}(?:\.${LETTERS}(?:\.(get|post)\.${LETTERS})?)?$`)

/** Reads a token: a text, a name with its value, or with where its button leads; undefined for any other text. */
export function readToken(text: string): ReadToken | undefined {
  const [, first, second, method, path] = TOKENS.exec(text) ?? []
  if (first === undefined) return undefined
  const name = { text: unescaped(first), ...(second === undefined ? {} : { value: unescaped(second) }) }
  return path === undefined
    ? name
    : { ...name, to: { method: method === 'get' ? 'get' : 'post', path: unescaped(path) } }
}
