import type { PageJob } from '../../page/convert.js'
import type { ShortAddress } from '../../page/addresses/short-address.js'
import type { PageChoices } from '../../page/step.js'
import type { PageSettings } from '../../request/services.js'
import type { ShortAddresses } from '../../request/short-addresses.js'
import type { Viewer } from '../../request/visit-state.js'

/** Where the short addresses of pages are kept. */
interface AddressKeeper {
  readonly shortAddresses: ShortAddresses
}

const ownerOf = ({ personKey = '' }: Viewer): string => personKey

/** Keeps the short addresses that occur in a page of a visit. */
export const keepAddresses = (
  viewer: Viewer,
  addresses: readonly ShortAddress[],
  { shortAddresses }: AddressKeeper
): void => shortAddresses.add(ownerOf(viewer), addresses)

/** The secret from which the short addresses of a visit are made. */
export const addressSecretOf = (viewer: Viewer, { shortAddresses }: AddressKeeper): string =>
  shortAddresses.secretFor(ownerOf(viewer))

/** The choices for the pages of a visit: those of the person, else those of the settings. */
export function pageChoices({ choices }: Pick<Viewer, 'choices'>, config: PageSettings): PageChoices {
  const { colours } = choices
  const of = {
    images: choices.images ?? config.images,
    originalSource: choices.originalSource ?? config.originalSource,
    feedLinks: choices.feedLinks ?? config.feedLinks,
    archiveLink: choices.archiveLink ?? config.archiveLink,
    figures: choices.figures ?? config.figures
  }
  return colours === undefined ? of : { ...of, colours }
}

/** Everything that the conversion of a page needs to know about its visit. */
export function pageJob(
  viewer: Viewer,
  page: Pick<PageJob, 'bytes' | 'contentType' | 'url' | 'view'>,
  writer: AddressKeeper & { readonly config: PageSettings }
): PageJob {
  const { client, portal, gateway } = viewer
  const { config } = writer
  return {
    bytes: page.bytes,
    contentType: page.contentType,
    url: page.url,
    view: page.view,
    profile: client.profile,
    display: client.display,
    choices: pageChoices(viewer, config),
    portal,
    gateway,
    addressSecret: addressSecretOf(viewer, writer),
    originBytes: page.bytes.byteLength,
    maxElements: config.maxElements
  }
}
