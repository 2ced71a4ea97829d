import { formBytes, PERCENT, PLUS, SPACE } from './form-bytes.js'
import { readMark, type ButtonTarget, type WantedByPost } from './form-mark.js'
import { createFieldTranscoder, type FieldTranscoder } from './transcode-field.js'

const MARK = /^(?:~|%7e)charset=([^&]*)(?:&|$)/i

/** Matches fields that stay unchanged: ASCII without a token or a numeric reference. */
const UNCHANGED = /^(?!~|%7e)(?!.*(?:%[89a-f]|[^!-~]|=~utf8|=%7eutf8|(?:&|%26)(?:#|%23)))/i

/** The bytes that application/x-www-form-urlencoded leaves unchanged (URL Standard 5.2). */
const PLAIN: readonly boolean[] = Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9*\-._]/.test(String.fromCharCode(byte))
)
/** The hexadecimal digit of a number up to 15: 0 to 9, A to F. */
const digitOf = (value: number): number => value + (value < 10 ? 0x30 : 0x37)

/** Encodes bytes as application/x-www-form-urlencoded. It fills one Buffer, because a form may have a million bytes. */
function encoded(bytes: Buffer): string {
  const written = Buffer.allocUnsafe(bytes.length * 3)
  let length = 0
  for (const byte of bytes) {
    if (PLAIN[byte] === true) written[length++] = byte
    else if (byte === SPACE) written[length++] = PLUS
    else {
      written[length++] = PERCENT
      written[length++] = digitOf(byte >> 4)
      written[length++] = digitOf(byte & 15)
    }
  }
  return written.toString('latin1', 0, length)
}

function transcodeField(field: string, transcoder: FieldTranscoder): string {
  if (UNCHANGED.test(field)) return field
  const at = field.indexOf('=')
  const found = transcoder.field({
    name: formBytes(at < 0 ? field : field.slice(0, at)),
    value: formBytes(at < 0 ? '' : field.slice(at + 1))
  })
  return found === undefined ? '' : `${encoded(found.name)}=${encoded(found.value)}`
}

/** Whether these first characters of a form begin a mark; undefined if they are too few to tell. */
export function beginsWithMark(start: string): boolean | undefined {
  const whole = start.toLowerCase().replace(/^%7e/, '~')
  if (whole.startsWith('~charset=')) return true
  return '~charset='.startsWith(whole) || '%7e'.startsWith(whole) ? undefined : false
}

/** A form as its site takes it. */
export interface TranscodedQuery {
  readonly query: string
  /** Where its button sends it, if not to where the form goes */
  readonly to?: ButtonTarget | undefined
  /** Where its site wants it by POST, though its client could only send it by GET; the seal is not examined yet */
  readonly post?: WantedByPost | undefined
}

/**
 * Transcodes a query, or the body of a form, whose first field is our mark: removes the mark and writes the rest in the
 * charset of the site. Undefined if there is no valid mark: then nothing is to be changed. The text is bytes as
 * Latin-1.
 */
export function transcodeForm(query: string): TranscodedQuery | undefined {
  const [mark, value] = MARK.exec(query) ?? []
  const charsets = value === undefined ? undefined : readMark(formBytes(value).toString('latin1'))
  if (mark === undefined || charsets === undefined) return undefined
  const transcoder = createFieldTranscoder(charsets)
  const written = query
    .slice(mark.length)
    .replace(/[^&]+/g, field => transcodeField(field, transcoder))
    .replace(/&{2,}/g, '&')
    .replace(/^&|&$/g, '')
  return { query: written, to: transcoder.target(), post: charsets.post }
}

/** The same, where only what is sent matters. */
export const transcodeQuery = (query: string): string | undefined => transcodeForm(query)?.query
