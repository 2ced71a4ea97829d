import type { PageJob } from '../../page/convert.js'
import type { ShortAddress } from '../../page/addresses/short-address.js'
import type { PageChoices } from '../../page/step.js'
import type { Visit } from '../../request/visit-state.js'

/** Of a visit, what the conversion of a page depends on. */
export type Viewer = Pick<Visit, 'client' | 'choices' | 'services' | 'portal' | 'gateway'> & {
  /**
   * Whose short addresses they are (personKeyOf); nobody's if it is not given: who is told that its bytes are no request
   */
  readonly personKey?: string
}

const ownerOf = ({ personKey = '' }: Viewer): string => personKey

/** Keeps the short addresses that a page of a visit has. */
export const keepAddresses = (viewer: Viewer, addresses: readonly ShortAddress[]): void =>
  viewer.services.shortAddresses.add(ownerOf(viewer), addresses)

/** What the short addresses of a visit are made with. */
export const addressSecretOf = (viewer: Viewer): string => viewer.services.shortAddresses.secretFor(ownerOf(viewer))

/** What holds for the pages of a visit: what the person chose, else the settings. */
export const pageChoices = ({ choices, services: { config } }: Pick<Viewer, 'choices' | 'services'>): PageChoices => ({
  images: choices.images ?? config.images,
  originalSource: choices.originalSource ?? config.originalSource,
  feedLinks: choices.feedLinks ?? config.feedLinks,
  archiveLink: choices.archiveLink ?? config.archiveLink,
  figures: choices.figures ?? config.figures
})

/** All that the conversion of a page must know of a visit. */
export function pageJob(viewer: Viewer, page: Pick<PageJob, 'bytes' | 'contentType' | 'url' | 'view'>): PageJob {
  const {
    client,
    services: { config },
    portal,
    gateway
  } = viewer
  return {
    ...page,
    profile: client.profile,
    display: client.display,
    choices: pageChoices(viewer),
    portal,
    gateway,
    addressSecret: addressSecretOf(viewer),
    originBytes: page.bytes.byteLength,
    maxElements: config.maxElements
  }
}
