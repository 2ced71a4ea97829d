import type { FastifyInstance } from 'fastify'

/** Answers GET /kept/NAME with what was sent by PUT to the same address: the same bytes, in their type. */
export function keptAnswers(site: FastifyInstance): void {
  const kept = new Map<string, { type: string; body: Buffer }>()
  site.removeAllContentTypeParsers()
  site.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  site.put<{ Params: { name: string }; Body: Buffer }>('/kept/:name', ({ params, body, headers }, reply) => {
    kept.set(params.name, { type: headers['content-type'] ?? '', body })
    return reply.send('')
  })
  site.get<{ Params: { name: string } }>('/kept/:name', ({ params }, reply) => {
    const { type, body } = kept.get(params.name)!
    return reply.type(type).send(body)
  })
}
