import fc from 'fast-check'
import iconv from 'iconv-lite'
import t from 'tap'
import { CHARSETS, charsetNamed } from '../../src/charset/charsets.js'
import { decode, decodeAs, decodeSheet, decodeText, decodeXml } from '../../src/charset/decode.js'
import { asFieldToken, asToken, markValue, readMark, readToken } from '../../src/charset/form-mark.js'
import { pickCharset } from '../../src/charset/pick-charset.js'
import { encodeQuery } from '../../src/charset/query.js'
import { readQuery } from '../../src/charset/read-query.js'
import { createRepertoire } from '../../src/charset/repertoire.js'
import { createSiteEncoder, siteCharset } from '../../src/charset/site-charset.js'
import { createFieldTranscoder } from '../../src/charset/transcode-field.js'
import { transcodeQuery } from '../../src/charset/transcode-query.js'
import { fuzz } from './run.js'
import { spoiledBytes } from './seeds.js'
import { encoderOf } from '../helpers/context.js'

const bytes = fc
  .oneof(
    spoiledBytes,
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ min: 0x80, maxLength: 60 }),
    fc.uint8Array({ min: 0x20, max: 0x7e, maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 40 }).map(text => Buffer.from(text))
  )
  .map(bytes => Buffer.from(bytes))
/** Letters of scripts that charsets have or lack, accents alone, surrogates, controls, what nobody sees. */
const letters = fc.constantFrom(
  'é',
  'e\u0301',
  'ế',
  'ş',
  'ș',
  'я',
  'Ґ',
  'ω',
  'ש',
  'ع',
  'ی',
  'ก',
  '漢',
  '語',
  'カ',
  'ｶ',
  '가',
  '￦',
  '\u3000',
  '\u200B',
  '\u2003',
  '\u00A0',
  '\u00AD',
  '“',
  '—',
  '€',
  '😀',
  '👩‍👩‍👧',
  '\uD800',
  '\uDC00',
  '\uFFFD',
  '\uFEFF',
  '\0',
  '\x85',
  '&',
  '~',
  '\\',
  '¥',
  '‾',
  '?',
  '&#233;',
  '\u{1F1E9}\u{1F1EA}',
  'ﷺ',
  'ﬁ',
  '①',
  '𝐀'
)
const text = fc.oneof(
  fc.array(letters, { maxLength: 12 }).map(parts => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 })
)
const charset = fc.constantFrom(...CHARSETS.map(({ name }) => name.toLowerCase()))
const labels = [
  'utf-8',
  'latin1',
  'iso-8859-8-i',
  'x-mac-cyrillic',
  'iso-2022-jp',
  'gb18030',
  'big5',
  'euc-jp',
  'shift_jis',
  'utf-16le',
  'replacement',
  'x-user-defined',
  'nonsense',
  '',
  '\0',
  '__proto__',
  'koi8-r',
  'windows-1258'
]
const label = fc.oneof(fc.constantFrom(...labels), charset, fc.string({ maxLength: 12 }))

const encoders = new Map<string, ReturnType<typeof encoderOf>>()
const encoderFor = (charset: string, macSafe: boolean): ReturnType<typeof encoderOf> => {
  const key = `${charset} ${macSafe}`
  const encoder = encoders.get(key) ?? encoderOf(charset, macSafe)
  encoders.set(key, encoder)
  return encoder
}

/**
 * Shift_JIS has two characters in the places of two of ASCII: both are written as those, and read as those (JIS X
 * 0201).
 */
const asAscii = (text: string, name: string): string =>
  name === 'shift_jis' ? text.replaceAll('¥', '\\').replaceAll('‾', '~') : text

const isText = (value: unknown, what: string): void => {
  if (typeof value !== 'string') throw new Error(`${what} is no text`)
}

/** Whatever comes is read as something. */
function reads([bytes, label]: readonly [Buffer, string]): void {
  const contentType = `text/html; charset=${label}`
  isText(decode(bytes, contentType).text, 'a page')
  isText(decode(bytes, undefined).text, 'a page without a header')
  isText(decodeText(bytes, contentType).text, 'a text')
  isText(decodeXml(bytes, contentType).text, 'XML')
  isText(decodeSheet(bytes, contentType), 'a style sheet')
  isText(decodeAs(bytes, label), 'bytes')
  isText(pickCharset(label, 'iso-8859-1'), 'a charset')
}

/**
 * What is written has only characters of the charset; folding twice changes nothing more; the client reads what was
 * folded.
 */
function writes([text, name, macSafe]: readonly [string, string, boolean]): void {
  const encoder = encoderFor(name, macSafe)
  const folded = encoder.fold(text)
  const has = createRepertoire(name, macSafe)
  const lacking = [...folded].filter(character => !has(character))
  if (lacking.length > 0) throw new Error(`${name} lacks ${JSON.stringify(lacking)} of ${JSON.stringify(folded)}`)
  if (encoder.fold(folded) !== folded)
    throw new Error(`folded: ${JSON.stringify(folded)}, again: ${JSON.stringify(encoder.fold(folded))}`)
  const read = iconv.decode(encoder.encode(folded), charsetNamed(name)!.iconv, { stripBOM: false })
  // Surrogates that stand alone are no text.
  if (read !== asAscii(folded, name) && !/\p{Surrogate}/u.test(folded))
    throw new Error(`written: ${JSON.stringify(folded)}, read: ${JSON.stringify(read)}`)
}

/** A form goes to its site in ASCII, and what both charsets have arrives as it was typed. */
function carries([name, value, site, client]: readonly [string, string, string, string]): void {
  const mark = readMark(`${site}.${client}`)
  const typed = (text: string): Buffer => encoderFor(client, false).encode(encoderFor(client, false).fold(text))
  const field = (text: string): string =>
    [...typed(text)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const query = `~charset=${site}.${client}&${field(name)}=${field(value)}&x=1`
  const result = transcodeQuery(query)
  if ((result === undefined) !== (mark === undefined)) throw new Error('a mark, and no query')
  if (result === undefined) return
  if (/[^!-~]/.test(result)) throw new Error(`not ASCII: ${JSON.stringify(result)}`)
  if (transcodeQuery(result) !== undefined && !/^(~|%7e)/i.test(encodeURIComponent(name)))
    throw new Error('the mark is still there')
  readQuery(result, client)
  const transcoder = createFieldTranscoder(mark!)
  if (site === 'utf-8' && !/[&~]/.test(value)) {
    // Vietnamese letters with accents are joined.
    const sent = transcoder
      .write(transcoder.read(typed(value)))
      .toString('utf8')
      .normalize('NFC')
    const meant = asAscii(encoderFor(client, false).fold(value), client).normalize('NFC')
    if (sent !== meant && !/\p{Surrogate}/u.test(value))
      throw new Error(`typed: ${JSON.stringify(meant)}, sent: ${JSON.stringify(sent)}`)
  }
}

/** Tokens carry any text through any charset. */
function tokens([name, value, site, client]: readonly [string, string, string, string]): void {
  const whole = (text: string): string => Buffer.from(text).toString('utf8')
  const field = readToken(asFieldToken(name, value))
  if (field?.text !== whole(name) || field.value !== whole(value))
    throw new Error(`a token of ${JSON.stringify([name, value])} is ${JSON.stringify(field)}`)
  if (readToken(asToken(name))?.text !== whole(name)) throw new Error('a token')
  const mark = readMark(markValue({ site, client }))
  if (siteCharset(site) !== undefined && mark === undefined && /^[\w-]+$/.test(site))
    throw new Error('a mark that cannot be read')
  const encoded = encodeQuery(value, site)
  if (/[^\0-\x7F]/.test(encoded)) throw new Error(`not ASCII: ${encoded}`)
  const known = siteCharset(site)
  if (known !== undefined && !Buffer.isBuffer(createSiteEncoder(known)(value))) throw new Error('no bytes')
}

const site = fc.oneof(
  fc.constantFrom(
    'utf-8',
    'windows-1252',
    'koi8-r',
    'shift_jis',
    'iso-2022-jp',
    'gbk',
    'big5',
    'euc-jp',
    'euc-kr',
    'windows-1258',
    'iso-8859-8-i',
    'x-mac-cyrillic'
  ),
  label
)

t.test('bytes are read', async t => await fuzz(t, 'reading', 0.25, fc.tuple(bytes, label), reads))
t.test('text is written', async t => await fuzz(t, 'writing', 0.4, fc.tuple(text, charset, fc.boolean()), writes))
t.test('forms are carried', async t => await fuzz(t, 'forms', 0.25, fc.tuple(text, text, site, charset), carries))
t.test('tokens and queries', async t => await fuzz(t, 'tokens', 0.1, fc.tuple(text, text, site, charset), tokens))
