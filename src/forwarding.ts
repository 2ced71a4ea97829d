import type { Config } from './config/config.js'
import { keepBody } from './front/forms/kept-body.js'
import { rewriteForm, type OutgoingForm } from './front/forms/rewrite-form.js'
import type { HttpProxyAdapter } from './front/http-proxy-adapter.js'
import type { Routed } from './front/passage.js'
import type { Door } from './origin/door.js'
import { aimed, posted } from './request/aimed-form.js'
import { askerOf } from './request/asker.js'
import type { Services } from './request/services.js'
import type { Fetch, VisitRequest } from './request/visit-state.js'
import type { Metrics } from './watch/metrics.js'
import type { Workers } from './workers/pool.js'

/** What a request needs to go on to its origin. */
export interface Forwarding {
  readonly config: Config
  readonly parts: {
    readonly door: Pick<Door, 'fetch'>
    readonly workers: Pick<Workers, 'ready' | 'form'>
    readonly metrics: Pick<Metrics, 'time'>
  }
  readonly adapter: HttpProxyAdapter
}

/** A request that goes on, and the services by which it came. */
interface Forwarded {
  readonly request: VisitRequest
  readonly services: Pick<Services, 'origin'>
}

/** A GET has no body that anybody reads. */
const NO_FORM: OutgoingForm = { body: undefined, headers: {} }

/** The way into Fastify. */
interface Entry {
  enter(): Promise<Pick<Routed, 'request' | 'goOn'>>
}

/** The fetch of a visit: its request goes on through http-proxy, with the body that its site takes, and by the door. */
export const fetchFor =
  (entry: Entry, { request: visitRequest, services }: Forwarded, { config, parts, adapter }: Forwarding): Fetch =>
  async asked => {
    const { request, goOn } = await entry.enter()
    const asker = askerOf(visitRequest)
    parts.workers.ready()
    const reserve = services.origin.memoryBudget.forVisit(asker.client, asker.signal)
    const form =
      request.body === undefined
        ? NO_FORM
        : await rewriteForm(request.body, request.raw.headers['content-type'], {
            maxFormBytes: config.maxFormBytes,
            reserve,
            rewrite: job => parts.workers.form(job, asker)
          })
    const kept = keepBody(form.body, { maxBytes: config.maxFormBytes, reserve, signal: asked.signal })
    request.body = kept.body
    return await parts.metrics.time(
      'fetch',
      adapter.forward({
        request,
        headers: Object.assign({}, asked.headers, form.headers),
        signal: asked.signal,
        goOn,
        send: forwarded => {
          const body = Object.assign({ again: kept.again }, posted(asked.form, asked.headers))
          return parts.door.fetch(aimed(Object.assign({}, asked, forwarded, body), form.to))
        }
      })
    )
  }
