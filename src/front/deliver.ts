import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { Answer, WholeAnswer } from './answer.js'

/** Writes a whole answer without a framework in between. */
export function answerAtOnce(response: ServerResponse, { status, headers, body }: WholeAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.end(body)
}

/** Writes an answer, and no field of any other. */
function send(reply: FastifyReply, { status, headers, body }: Answer): void {
  for (const name of Object.keys(reply.getHeaders())) void reply.removeHeader(name)
  void reply.code(status).headers(headers).send(body)
}

/** Those of a stream are counted as they are piped. @throws Error when it cannot be sent: then nothing is told. */
function sendAndCount(reply: FastifyReply, answer: Answer, done: (bytes: number) => void): void {
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
  if (Buffer.isBuffer(body)) done(body.length)
  else reply.raw.once('close', () => done(bytes))
}

export interface Delivery<Sent extends Answer> {
  readonly answer: Sent
  /** What is sent if that cannot be: a field of an origin may be one that Node does not write */
  readonly instead: (error: unknown) => Sent
  /** Told once it is over what was sent, and how many bytes of its body went out */
  readonly done: (sent: Sent, bytes: number) => void
}

/** Sends an answer, or the other one in its place; if not even that can be sent, the connection is closed. */
export function deliver<Sent extends Answer>(reply: FastifyReply, { answer, instead, done }: Delivery<Sent>): void {
  try {
    return sendAndCount(reply, answer, bytes => done(answer, bytes))
  } catch (error) {
    const other = instead(error)
    try {
      sendAndCount(reply, other, bytes => done(other, bytes))
    } catch {
      done(other, 0)
      reply.raw.destroy()
    }
  }
}
