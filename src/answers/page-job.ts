import type { PageJob } from '../page/convert.js'
import type { Visit } from './visit-state.js'

/** Of a visit, what the conversion of a page depends on. */
export type Viewer = Pick<Visit, 'client' | 'choices' | 'stages' | 'portal' | 'gateway'>

/** All that the conversion of a page must know of a visit. */
export function pageJob ({ client, choices, stages: { config }, portal, gateway }: Viewer, page: Pick<PageJob, 'bytes' | 'contentType' | 'url' | 'view'>): PageJob {
  return {
    ...page,
    profile: client.profile,
    display: client.display,
    choices: { images: choices.images ?? config.images, originalSource: choices.originalSource ?? config.originalSource, feedLinks: choices.feedLinks ?? config.feedLinks, archiveLink: choices.archiveLink ?? config.archiveLink, figures: choices.figures ?? config.figures },
    portal,
    gateway,
    originBytes: page.bytes.byteLength,
    maxElements: config.maxElements
  }
}
