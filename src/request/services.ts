import type { WholeAnswer } from '../front/answer.js'
import type { Identify } from '../clients/identify.js'
import type { ClientRules } from '../clients/rules.js'
import type { PersonalSettings } from '../clients/settings.js'
import type { Config } from '../config/config.js'
import type { Failure } from '../failures.js'
import type { PortalNames } from '../front/locate.js'
import type { Access } from '../guard/access.js'
import type { Loops } from '../guard/loops.js'
import type { MemoryBudget } from '../guard/memory-budget.js'
import type { Quotas } from '../guard/quotas.js'
import type { ImageCache } from '../memory/image-cache.js'
import type { ImageSizes } from '../memory/image-sizes.js'
import type { InlineImages } from '../memory/inline-images.js'
import type { KeptParts } from '../memory/kept-parts.js'
import type { LastErrors } from '../memory/last-errors.js'
import type { OwnPageConverter } from '../memory/own-conversions.js'
import type { RedirectHistory } from '../memory/redirect-history.js'
import type { News } from '../news/news.js'
import type { CookieJars } from '../origin/cookies/cookie-jars.js'
import type { FetchPage } from '../origin/fetchers/page-fetcher.js'
import type { FetchSheet } from '../origin/fetchers/sheet-fetcher.js'
import type { WallRules } from '../page/wall-rules.js'
import type { PortalServices } from '../portal/pages.js'
import type { Engine } from '../search/engines.js'
import type { Sites } from '../sites/match.js'
import type { SecureEnd } from '../tls/secure-end.js'
import type { Workers } from '../workers/pool.js'
import type { ImageOptionsFor } from './options-for.js'
import type { ShortAddresses } from './short-addresses.js'
import type { Viewer } from './visit-state.js'

/** Decides who may have a visit, and how many. */
export interface GuardServices {
  readonly access: Access
  readonly quotas: Quotas
  readonly loops: Loops
}

/** Who the client is, and what its person chose. */
export interface ClientServices {
  readonly config: Pick<Config, 'name' | 'profile' | 'answerFor' | 'searchEngines'>
  readonly rules: ClientRules
  /** By these rules */
  readonly identify: Identify
  readonly settings: PersonalSettings
  /** Where a store is shared: has what others have written be known, by the keys of it; never rejects */
  readonly bring?: ((keys: readonly string[]) => Promise<void>) | undefined
  /** The secret of a client, by which it is known what we have written for it */
  readonly secretFor: (client: string) => string
  /** There are users: a password that a client sends to us as to a server is meant for us */
  readonly hasUsers: boolean
}

/** Which address is meant. */
export interface AddressServices {
  readonly names: () => PortalNames
  readonly shortAddresses: ShortAddresses
  readonly sites: Sites
  readonly editions: News['editions']
  /** Search engines in whose place ours answers */
  readonly engines: readonly Engine[]
}

/** How origins are asked on behalf of a client, and how much is read of their answers. */
export interface OriginServices {
  readonly config: Pick<Config, 'maxRedirects' | 'maxPageBytes' | 'maxImageBytes' | 'readTimeoutSeconds'>
  readonly jars: CookieJars
  readonly redirectHistory: RedirectHistory
  readonly memoryBudget: MemoryBudget
  /** Whether a host is this proxy, by any of its names and addresses */
  readonly isOwnHost: (hostname: string) => boolean
}

/** Images as clients can draw them. */
export interface ImageServices {
  readonly config: Pick<Config, 'maxProbes' | 'probeTimeoutMilliseconds'>
  /** By these settings */
  readonly optionsFor: ImageOptionsFor
  readonly cache: ImageCache
  readonly sizes: ImageSizes
  readonly inline: InlineImages
}

/** What pages contain unless a person has chosen otherwise. */
export type PageSettings = Pick<
  Config,
  'images' | 'originalSource' | 'feedLinks' | 'archiveLink' | 'figures' | 'maxElements'
>

/** Pages of sites as clients can show them. */
export interface PageServices {
  readonly config: PageSettings & Pick<Config, 'maxSheets' | 'maxSheetBytes' | 'sheetTimeoutMilliseconds'>
  readonly workers: Pick<Workers, 'page' | 'needs'>
  readonly fetchSheet: FetchSheet
  /** Other forms of a page, for the reader */
  readonly fetchPage: FetchPage
  readonly keptParts: KeptParts
  readonly walls: WallRules
}

/** Converts our own pages for a client; on this thread, because they are small. */
export interface PageWriter {
  readonly config: PageSettings
  readonly shortAddresses: ShortAddresses
  readonly portalPages: OwnPageConverter
}

/** Error pages without an address, which are made only once, so that refusing clients by the thousand costs nothing. */
export interface ErrorPages {
  /** @throws Error when a page cannot be made */
  of(viewer: Pick<Viewer, 'client' | 'portal'>, failure: Failure, id: string): WholeAnswer
}

/** What we write ourselves: our own pages, redirects, failures. */
export interface WritingServices extends PageWriter {
  readonly errorPages: ErrorPages
  readonly lastErrors: LastErrors
}

/**
 * Everything that a visit needs and that outlives it, in groups by purpose. It is made once at the start, and again
 * when rules are reloaded: a visit keeps the services that it began with. Each function names the groups that it uses;
 * only visit() has them all.
 */
export interface Services {
  readonly guard: GuardServices
  readonly clients: ClientServices
  readonly addresses: AddressServices
  readonly origin: OriginServices
  readonly images: ImageServices
  readonly pages: PageServices
  readonly writing: WritingServices
  readonly portal: PortalServices
  readonly secureEnd: SecureEnd
}
