import { Readable } from 'node:stream'
import type { ButtonTarget } from '../../charset/form-mark.js'
import { beginsWithMark } from '../../charset/transcode-query.js'
import { Failure } from '../../failures.js'
import { createChunkBuffer, type ChunkBuffer } from '../../bytes/chunk-buffer.js'
import { asBuffer } from '../../bytes/as-buffer.js'
import { formKind, rewriteBody, type FormJob } from './rewrite-body.js'
import type { RewrittenForm } from './rewritten-form.js'

/** What goes on to the site: the body, and the header fields that change with it if it was rewritten. */
export interface OutgoingForm {
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
  /** Where its button sends it, if not to where the form goes */
  readonly to?: AimedForm | undefined
}

/** A form whose button has a target of its own. */
export interface AimedForm extends ButtonTarget {
  /** What a form that is sent by GET has behind its question mark; undefined where it cannot be so sent */
  readonly query?: string | undefined
}

/** A first part that holds our mark has a shorter head than this. Bytes */
const MARK_HEAD_BYTES = 400

type Decision = boolean | undefined

/** Whether the first bytes of a form are our mark; undefined if there are too few to tell. */
type Decide = (start: Buffer) => Decision

function decideUrlencoded(start: Buffer): Decision {
  const decision = beginsWithMark(start.subarray(0, MARK_HEAD_BYTES).toString('latin1').replace(/^\s+/, ''))
  // A body that begins with more blanks than this is not a form.
  return decision ?? (start.length >= MARK_HEAD_BYTES ? false : undefined)
}

/**
 * Whether the head of the first part, behind the line of the boundary, names our mark; undefined until it is complete.
 */
function saysMark(start: string): boolean {
  const line = start.indexOf('\r\n')
  const mark = line < 0 ? -1 : start.slice(line).search(/name="?~charset/)
  return mark >= 0 && start.includes('\r\n\r\n', line + mark)
}

function decideMultipart(start: Buffer): Decision {
  const head = start.subarray(0, MARK_HEAD_BYTES).toString('latin1')
  if (saysMark(head)) return true
  return head.includes('\r\n\r\n') || head.length >= MARK_HEAD_BYTES ? false : undefined
}

/** Reads as much of a body as is needed to decide, and puts it back; a body that ends before that counts as "no". */
function peek(body: Readable, decide: Decide): Promise<{ marked: boolean; ended: Buffer | undefined }> {
  return new Promise((resolve, reject) => {
    let start = Buffer.alloc(0)
    const settle = (act: () => void): void => {
      body.off('readable', onReadable).off('end', onEnd).off('error', onError).off('close', onClose)
      act()
    }
    const onReadable = (): void => {
      for (let chunk: unknown = body.read(); Buffer.isBuffer(chunk); chunk = body.read()) {
        start = Buffer.concat([start, chunk])
        const marked = decide(start)
        if (marked === undefined) continue
        return settle(() => {
          body.unshift(start)
          resolve({ marked, ended: undefined })
        })
      }
    }
    const onEnd = (): void => settle(() => resolve({ marked: false, ended: start }))
    const onError = (error: Error): void => settle(() => reject(error))
    const onClose = (): void => settle(() => reject(new Error('the client went away')))
    body.on('readable', onReadable).on('end', onEnd).on('error', onError).on('close', onClose)
  })
}

/** What limits the rewriting of a form, and where it is done. */
export interface FormLimits {
  /** Bytes of names and values; files are not rewritten and do not count */
  readonly maxFormBytes: number
  /** Whether there is memory for so many bytes more (guard/memory-budget.ts) */
  reserve(bytes: number): boolean
  /** Rewrites a form in a worker thread, because its sender chooses how long that takes */
  rewrite(job: FormJob): Promise<RewrittenForm>
}

/** Smaller forms are rewritten on the main thread: that takes a millisecond or two. Bytes. */
const SMALL_BYTES = 8192

/**
 * Reads a whole body.
 * @throws Failure when it is too long, or there is no memory for it.
 */
async function chunks(
  body: Readable,
  isUrlencoded: boolean,
  { reserve, maxFormBytes }: FormLimits
): Promise<ChunkBuffer> {
  const read = createChunkBuffer()
  for await (const chunk of body as AsyncIterable<Buffer>) {
    if (!reserve(chunk.length)) throw new Failure('BUSY', 'memory')
    read.add(chunk)
    if (isUrlencoded && read.length > maxFormBytes)
      throw new Failure('REQUEST_TOO_LARGE', `a form of more than ${maxFormBytes} bytes`)
  }
  return read
}

const streamOf = (chunks: readonly Buffer[]): Readable => Readable.from(chunks, { objectMode: false })

const latin1 = (blocks: readonly Buffer[]): string => Buffer.concat(blocks).toString('latin1')

/**
 * A form of one of our pages as its site takes it: without our mark, its text in the charset of the site, with its new
 * length. It is read whole, up to the limit that bodies have anyway. All other bodies are passed on unchanged, as they
 * arrive.
 * @throws Failure when the body or its text is too large, or there is no memory for it; Error when the client goes
 * away.
 */
export async function rewriteForm(
  body: unknown,
  contentType: string | undefined,
  limits: FormLimits
): Promise<OutgoingForm> {
  const kind = contentType === undefined ? undefined : formKind(contentType)
  if (!(body instanceof Readable) || contentType === undefined || kind === undefined) return { body, headers: {} }
  const { marked, ended } = await peek(body, kind === 'urlencoded' ? decideUrlencoded : decideMultipart)
  if (ended !== undefined) return { body: streamOf(ended.length === 0 ? [] : [ended]), headers: {} }
  if (!marked) return { body, headers: {} }
  const read = await chunks(body, kind === 'urlencoded', limits)
  const job = { blocks: read.blocks(), contentType, maxFormBytes: limits.maxFormBytes }
  const rewritten = await (read.length <= SMALL_BYTES ? rewriteBody(job) : limits.rewrite(job))
  const blocks = rewritten.blocks.map(asBuffer)
  if (rewritten.contentType === undefined) return { body: streamOf(blocks), headers: {} }
  const length = blocks.reduce((sum, { length }) => sum + length, 0)
  return {
    body: streamOf(blocks),
    headers: { 'content-type': rewritten.contentType, 'content-length': String(length) },
    to: rewritten.to && { ...rewritten.to, query: kind === 'urlencoded' ? latin1(blocks) : undefined }
  }
}
