import { randomBytes } from 'node:crypto'
import { Dicer } from '@fastify/busboy'
import { FORM_MARK, readMark } from '../../charset/form-mark.js'
import { createFieldTranscoder, type FieldTranscoder } from '../../charset/transcode-field.js'
import { Failure } from '../../failures.js'
import { createChunkBuffer } from '../../bytes/chunk-buffer.js'
import type { RewrittenForm } from './rewritten-form.js'

/** No form that a person fills in has more fields than this, and each costs memory and time. */
export const MOST_PARTS = 10_000
/** Fields of the head of one part, and their bytes. */
const PART_HEAD = { maxHeaderPairs: 20, maxHeaderSize: 16 * 1024 }

interface Part {
  /** Keyed by lower-case name; the values are bytes, as Latin-1 */
  headers: Readonly<Record<string, readonly string[]>>
  readonly chunks: Buffer[]
}

/**
 * The parts of a multipart body.
 * @throws Error when it does not end properly; Failure REQUEST_TOO_LARGE when it has too many parts.
 */
async function partsOf(body: readonly Buffer[], boundary: string): Promise<readonly Part[]> {
  const dicer = new Dicer({ boundary, ...PART_HEAD })
  const whole = readParts(dicer)
  // Awaited below, but it may fail before the body has ended: without this the rejection would be unhandled.
  whole.catch(() => {})
  for (const block of body) if (!dicer.destroyed) dicer.write(block)
  if (!dicer.destroyed) dicer.end()
  return await whole
}

function readParts(dicer: Dicer): Promise<readonly Part[]> {
  return new Promise((resolve, reject) => {
    const parts: Part[] = []
    dicer.on('part', stream => {
      const part: Part = { headers: {}, chunks: [] }
      if (parts.length >= MOST_PARTS)
        return void dicer.destroy(new Failure('REQUEST_TOO_LARGE', `more than ${MOST_PARTS} fields`))
      parts.push(part)
      stream.on('header', headers => {
        part.headers = headers as Part['headers']
      })
      stream.on('data', (chunk: Buffer) => void part.chunks.push(chunk))
      stream.on('error', reject)
    })
    dicer.on('error', reject)
    dicer.on('finish', () => resolve(parts))
  })
}

/**
 * The name="..." of a Content-Disposition. Browsers of the time write a quote within it as it is, or after a backslash.
 */
const NAME = /;\s*name=(?:"((?:[^"\\]|\\"?)*)"|([^\s;"]+))/i
const FILE_NAME = /;\s*filename=(?:"((?:[^"\\]|\\"?)*)"|([^\s;"]+))/i

function parameterOf(disposition: string, parameter: RegExp): string | undefined {
  const [, quotedForm, bareForm] = parameter.exec(disposition) ?? []
  return quotedForm ?? bareForm
}

/** HTML, "multipart/form-data encoding algorithm": quotes and line ends of names. */
const quoted = (bytes: Buffer): string =>
  `"${bytes
    .toString('latin1')
    .replace(/\r\n|\r|\n/g, '%0D%0A')
    .replaceAll('"', '%22')}"`

const unquoted = (value: string): string => value.replaceAll('\\"', '"')

/**
 * Searches the raw bytes, because the charset of the client is not known before its first part is read: the mark is
 * ASCII, which all charsets share.
 */
const saysFile = (headers: Part['headers']): boolean => /;\s*filename=/i.test(headers['content-disposition']?.[0] ?? '')

/** Everything in a part is rewritten except the bytes of a file. */
function textBytes({ headers, chunks }: Part): number {
  const head = Object.values(headers)
    .flat()
    .reduce((sum, { length }) => sum + length, 0)
  return head + (saysFile(headers) ? 0 : chunks.reduce((sum, { length }) => sum + length, 0))
}

/** Head and content of one part for the site; undefined if the part is dropped. */
function transcodePart({ headers, chunks }: Part, transcoder: FieldTranscoder): readonly Buffer[] | undefined {
  // Splits before the text is decoded: the second byte of a Japanese letter may be a backslash.
  const disposition = transcoder.read(Buffer.from(headers['content-disposition']?.[0] ?? '', 'latin1'))
  const name = unquoted(parameterOf(disposition, NAME) ?? '')
  const file = parameterOf(disposition, FILE_NAME)
  const isFile = saysFile(headers)
  const field = transcoder.fieldText(name, isFile ? '' : transcoder.read(Buffer.concat(chunks)))
  if (field === undefined) return undefined
  const others = Object.entries(headers)
    .filter(([header]) => header !== 'content-disposition')
    .flatMap(([header, values]) =>
      values.map(value => `${header.replace(/\b[a-z]/g, letter => letter.toUpperCase())}: ${value}\r\n`)
    )
  const fileName = file === undefined ? '' : `; filename=${quoted(transcoder.write(unquoted(file)))}`
  const head = Buffer.from(
    `Content-Disposition: form-data; name=${quoted(field.name)}${fileName}\r\n${others.join('')}\r\n`,
    'latin1'
  )
  return isFile ? [head, ...chunks] : [head, field.value]
}

/**
 * Rewrites a multipart body whose first field is our mark: the mark is removed, names and values are written in the
 * charset of the site, files pass byte for byte. Undefined if the mark is false or the body broken, which means that
 * nothing may be changed.
 * @throws Failure REQUEST_TOO_LARGE when it has more fields than a form has, or more text than may be rewritten.
 */
export async function rewriteMultipart(
  body: readonly Buffer[],
  boundary: string,
  maxTextBytes: number
): Promise<RewrittenForm | undefined> {
  const parts = await partsOf(body, boundary).catch((error: unknown) => {
    if (error instanceof Failure) throw error
    return []
  })
  const mark = parts[0]
  const charsets =
    mark !== undefined && parameterOf(mark.headers['content-disposition']?.[0] ?? '', NAME) === FORM_MARK
      ? readMark(Buffer.concat(mark.chunks).toString('latin1'))
      : undefined
  if (charsets === undefined) return undefined
  if (parts.reduce((sum, part) => sum + textBytes(part), 0) > maxTextBytes)
    throw new Failure('REQUEST_TOO_LARGE', `a form with more than ${maxTextBytes} bytes of text`)
  const transcoder = createFieldTranscoder(charsets)
  const own = `----RetrogradeForm${randomBytes(12).toString('hex')}`
  const written = createChunkBuffer()
  for (const part of parts.slice(1)) {
    const bytes = transcodePart(part, transcoder)
    if (bytes !== undefined)
      for (const piece of [Buffer.from(`--${own}\r\n`), ...bytes, Buffer.from('\r\n')]) written.add(piece)
  }
  written.add(Buffer.from(`--${own}--\r\n`))
  return { blocks: written.blocks(), contentType: `multipart/form-data; boundary=${own}`, to: transcoder.target() }
}
