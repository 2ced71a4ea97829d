import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { Answer, WholeAnswer } from './answer.js'

/** Writes an answer, and no field of any other. */
export function send(reply: FastifyReply, { status, headers, body }: Answer): void {
  for (const name of Object.keys(reply.getHeaders())) void reply.removeHeader(name)
  void reply.code(status).headers(headers).send(body)
}

/** Writes a whole answer without a framework in between. */
export function answerAtOnce(response: ServerResponse, { status, headers, body }: WholeAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.end(body)
}

/**
 * Sends an answer, and tells once it is over how many bytes of a body went out; those of a stream are counted as they
 * are piped.
 * @throws Error when it cannot be sent: then nothing is told.
 */
export function deliver(reply: FastifyReply, answer: Answer, done: (bytes: number) => void): void {
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
