import type { ServerResponse } from 'node:http'
import { discard } from '../bytes/discard.js'
import type { FastifyReply } from 'fastify'
import type { Answer, WholeAnswer } from './answer.js'
import { reset } from './sockets/reset.js'

/** An answer to HEAD may name the length that GET would have. */
const lengthOf = ({ req }: ServerResponse, { headers, body }: WholeAnswer): string =>
  (req.method === 'HEAD' ? headers['content-length']?.toString() : undefined) ?? String(body.length)

/** What Fastify calls bytes of which nothing is said. */
const BYTES = 'application/octet-stream'

/** Writes a whole answer to Node's response, with its own header fields and no others: Fastify would do the same. */
export function answerAtOnce(response: ServerResponse, answer: WholeAnswer): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  const fields: Record<string, string | string[]> = Object.assign({}, answer.headers)
  fields['content-type'] ??= BYTES
  fields['content-length'] = lengthOf(response, answer)
  response.writeHead(answer.status, fields)
  response.end(answer.body)
}

/** Whether an answer is whole; some statuses have no body, and no fields that tell of it, for which Fastify cares. */
export const isAtOnce = (answer: Answer): answer is WholeAnswer =>
  Buffer.isBuffer(answer.body) && answer.status >= 200 && answer.status !== 204 && answer.status !== 304

/** Writes an answer with its own header fields and no others. */
function send(reply: FastifyReply, { status, headers, body }: Answer): void {
  for (const name of Object.keys(reply.getHeaders())) void reply.removeHeader(name)
  void reply.code(status).headers(headers).send(body)
}

/** What became of an answer on its way. */
export interface Delivered {
  /** Of its body */
  readonly bytes: number
  /** Its client went before all of it was sent */
  readonly left: boolean
}

/** Where an answer goes. */
export interface Receiver {
  readonly raw: ServerResponse
  /** Needed for what is not sent at once */
  readonly reply?: FastifyReply | undefined
}

/**
 * Ends the connection of an answer whose body has broken. Without a length and without chunks its end is that of the
 * connection, and one in the midst of a file would look whole: there only a reset tells the client that it is not.
 */
function breakOff(response: ServerResponse, { headers }: Answer): void {
  const { socket } = response
  const tells = headers['content-length'] !== undefined || response.chunkedEncoding
  if (socket === null || tells) response.destroy()
  else reset(socket)
}

/** Counts the bytes of a streamed body while they are piped. */
function stream(reply: FastifyReply, answer: Answer, done: (delivered: Delivered) => void): void {
  const { body } = answer
  let bytes = 0
  let hasBroken = false
  if (!Buffer.isBuffer(body)) {
    reply.raw.once('pipe', source =>
      source.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
    )
    // A body that breaks ends the connection from our side; one that is given up because its client has gone breaks later.
    body.once('error', () => {
      hasBroken = !reply.raw.destroyed
      if (hasBroken) breakOff(reply.raw, answer)
    })
  }
  try {
    send(reply, answer)
  } catch (error) {
    if (!Buffer.isBuffer(body)) discard(body)
    throw error
  }
  if (Buffer.isBuffer(body)) done({ bytes: body.length, left: false })
  else reply.raw.once('close', () => done({ bytes, left: !reply.raw.writableFinished && !hasBroken }))
}

/** @throws Error when the answer cannot be sent; then nothing has been reported. */
function sendAndCount({ raw, reply }: Receiver, answer: Answer, done: (delivered: Delivered) => void): void {
  if (reply !== undefined && !isAtOnce(answer)) return stream(reply, answer, done)
  if (!Buffer.isBuffer(answer.body)) throw new TypeError('a stream is sent by Fastify')
  answerAtOnce(raw, answer as WholeAnswer)
  done({ bytes: answer.body.length, left: false })
}

export interface Delivery<Sent extends Answer> {
  readonly answer: Sent
  /** Sent instead when the answer cannot be: an origin may send a header field that Node refuses to write. */
  readonly instead: (error: unknown) => Sent
  /** Called at the end with the answer that was sent. */
  readonly done: (sent: Sent, delivered: Delivered) => void
}

/** Sends an answer, or the one that stands in for it; if neither can be sent, the connection is closed. */
export function deliver<Sent extends Answer>(to: Receiver, { answer, instead, done }: Delivery<Sent>): void {
  try {
    return sendAndCount(to, answer, delivered => done(answer, delivered))
  } catch (error) {
    const other = instead(error)
    try {
      sendAndCount(to, other, delivered => done(other, delivered))
    } catch {
      done(other, { bytes: 0, left: false })
      to.raw.destroy()
    }
  }
}
