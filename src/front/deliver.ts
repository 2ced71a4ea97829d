import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { Answer, WholeAnswer } from './answer.js'

/** Writes a whole answer to Node's response, without Fastify. */
export function answerAtOnce(response: ServerResponse, { status, headers, body }: WholeAnswer): void {
  response.writeHead(status, { 'content-length': body.length, ...headers })
  response.end(body)
}

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

/**
 * Counts the bytes of a streamed body while they are piped.
 * @throws Error when the answer cannot be sent; then nothing has been reported.
 */
function sendAndCount(reply: FastifyReply, answer: Answer, done: (delivered: Delivered) => void): void {
  const { body } = answer
  let bytes = 0
  if (!Buffer.isBuffer(body))
    reply.raw.once('pipe', source =>
      source.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
    )
  try {
    send(reply, answer)
  } catch (error) {
    if (!Buffer.isBuffer(body)) body.on('error', () => {}).destroy()
    throw error
  }
  if (Buffer.isBuffer(body)) done({ bytes: body.length, left: false })
  // A body that breaks has an error, which ends the connection from our side.
  else reply.raw.once('close', () => done({ bytes, left: !reply.raw.writableFinished && body.errored === null }))
}

export interface Delivery<Sent extends Answer> {
  readonly answer: Sent
  /** Sent instead when the answer cannot be: an origin may send a header field that Node refuses to write. */
  readonly instead: (error: unknown) => Sent
  /** Called at the end with the answer that was sent. */
  readonly done: (sent: Sent, delivered: Delivered) => void
}

/** Sends an answer, or the one that stands in for it; if neither can be sent, the connection is closed. */
export function deliver<Sent extends Answer>(reply: FastifyReply, { answer, instead, done }: Delivery<Sent>): void {
  try {
    return sendAndCount(reply, answer, delivered => done(answer, delivered))
  } catch (error) {
    const other = instead(error)
    try {
      sendAndCount(reply, other, delivered => done(other, delivered))
    } catch {
      done(other, { bytes: 0, left: false })
      reply.raw.destroy()
    }
  }
}
