import { portalNames } from './answers/entry/portal-names.js'
import { createErrorPages } from './answers/error-pages.js'
import { createIdentify } from './clients/identify.js'
import { createPersonalSettings } from './clients/settings.js'
import type { Config } from './config/config.js'
import { buildGate, type Gate } from './gate.js'
import { createHostGuard, currentHostGuard, type HostGuard } from './guard/hosts.js'
import { createLookUps } from './guard/look-ups.js'
import { createMemoryBudget } from './guard/memory-budget.js'
import { createOwnHost, localNetworks, type OwnHost } from './guard/own-host.js'
import { readSize } from './image/sizes/read-size.js'
import { createImageCache } from './memory/image-cache.js'
import { createImageSizes } from './memory/image-sizes.js'
import { createInlineImages } from './memory/inline-images.js'
import { createKeptParts } from './memory/kept-parts.js'
import { createLastErrors } from './memory/last-errors.js'
import { createPageCache } from './memory/page-cache.js'
import { createRedirectHistory } from './memory/redirect-history.js'
import { openNews } from './news/open-news.js'
import { readAuthorities } from './origin/connect/authorities.js'
import { createTunnelOpener } from './origin/connect/open-tunnel.js'
import { createCookieJars } from './origin/cookies/cookie-jars.js'
import type { Door } from './origin/door.js'
import { openDoor } from './origin/open-door.js'
import { createPageFetcher } from './origin/fetchers/page-fetcher.js'
import { createSheetFetcher } from './origin/fetchers/sheet-fetcher.js'
import { createStartFetcher } from './origin/fetchers/start-fetcher.js'
import { createSecureHosts } from './origin/secure-hosts.js'
import { createPlace } from './portal/place.js'
import { createImageOptions, imageLimitsOf } from './request/options-for.js'
import type { Services } from './request/services.js'
import { createShortAddresses } from './request/short-addresses.js'
import { openRules, type Rules } from './rules/reloading.js'
import type { RulesInUse } from './rules/rules-in-use.js'
import { timedWorkers, type Work } from './rules/timed-workers.js'
import { openSearch } from './search/open-search.js'
import { storeBy } from './store/open.js'
import type { Store } from './store/store.js'
import { createSecureEnd, type SecureEnd } from './tls/secure-end.js'
import { createDrain, type Drain } from './watch/drain.js'
import { createMetrics, type Metrics } from './watch/metrics.js'
import { createVisitLog, type VisitLog } from './watch/visit-log.js'

/** What is there before anything else, and knows nothing of visits. */
interface Ground {
  readonly config: Config
  readonly rules: Rules
  readonly visitLog: VisitLog
  readonly metrics: Metrics
  readonly store: Store
  readonly ownHost: OwnHost
  readonly workers: Work
  readonly drain: Drain
}

/** @throws Error when the rules are wrong. */
function layGround(config: Config, log: (line: string) => void, inUse: RulesInUse | undefined): Ground {
  const rules = openRules(config, inUse)
  const visitLog = createVisitLog(config, log)
  const metrics = createMetrics()
  return {
    config,
    rules,
    visitLog,
    metrics,
    store: storeBy(config, { note: visitLog.note, observe: metrics.stored }),
    ownHost: createOwnHost(config, rules.config),
    drain: createDrain(),
    workers: timedWorkers(() => rules.current().workers, metrics.time)
  }
}

/** What is made of settings: made anew as soon as they are others. */
function createCurrent<T>(config: () => Config, make: (config: Config) => T): () => T {
  let of = config()
  let made = make(of)
  return () => {
    if (of !== config()) {
      of = config()
      made = make(of)
    }
    return made
  }
}

/** The ways out of here, all of them through the guard of hosts. */
interface Outside {
  readonly door: Door
  readonly secureEnd: SecureEnd
}

/** @throws Error when the file of authorities cannot be read, or the authority neither read nor made. */
async function openOutside({ config, rules, store, ownHost }: Ground, { loops }: Gate): Promise<Outside> {
  const hostsBy = ({ allowHosts, allowPorts }: Config): HostGuard =>
    createHostGuard({
      allowHosts,
      allowPorts,
      blocked: () => rules.current().blocked,
      isOwn: ownHost.isListening,
      localNetworks
    })
  const hosts = createCurrent(rules.config, hostsBy)
  const authorities = readAuthorities(config.extraCa)
  const ways = { ...config, guard: currentHostGuard(hosts), lookUps: createLookUps() }
  const secureEnd = await createSecureEnd(config, createTunnelOpener(ways))
  const door = openDoor({ ...ways, loops, authorities, secureHosts: createSecureHosts(store) })
  return { door, secureEnd }
}

/** What is remembered for clients, and outlives rules that are read again. */
function openMemories(
  { config, rules, store, workers, metrics, ownHost, drain }: Ground,
  { door, secureEnd }: Outside
) {
  const news = openNews(config, () => rules.current().news, { door, store, workers })
  const shortAddresses = createShortAddresses(store, config.maxShortAddresses)
  const shared = store.shared?.bytes
  const lastErrors = createLastErrors(store)
  const settings = createPersonalSettings(store)
  const jars = createCookieJars(store, config.maxCookieBytes)
  const names = portalNames(config.name, ownHost, shortAddresses)
  const origin: Omit<Services['origin'], 'config'> = {
    jars,
    redirectHistory: createRedirectHistory(store),
    memoryBudget: createMemoryBudget(config.maxBodiesBytes, Math.max(config.maxPageBytes, config.maxImageBytes)),
    isOwnHost: hostname => hostname.replace(/\.$/, '') === config.name || ownHost.isOwn(hostname)
  }
  const images: Omit<Services['images'], 'config' | 'optionsFor'> = {
    cache: createImageCache(workers, config.maxImageCacheBytes, { count: metrics.cached, shared }),
    sizes: createImageSizes({
      fetchStart: createStartFetcher(door),
      readSize: bytes => readSize(bytes, config.maxImagePixels)
    }),
    inline: createInlineImages(config.maxInlineBytes, shared)
  }
  const pages: Omit<Services['pages'], 'walls' | 'config'> = {
    workers: createPageCache(workers, {
      maxBytes: config.maxPageCacheBytes,
      rules: () => rules.current(),
      count: metrics.cached
    }),
    fetchSheet: createSheetFetcher({ door, maxBytes: config.maxSheetBytes, maxKeptBytes: config.maxSheetCacheBytes }),
    fetchPage: createPageFetcher({ door, maxBytes: config.maxPageBytes }),
    keptParts: createKeptParts(config.maxPartBytes, shared)
  }
  const search = openSearch(config, door, { backEnds: () => rules.current().backEnds, read: workers.results })
  const place = createPlace({
    name: config.name,
    nearHosts: () => rules.config().allowHosts,
    proxyAddresses: ownHost.proxyAddresses
  })
  const portal = {
    settings,
    jars,
    search,
    place,
    authority: secureEnd.authority,
    lastErrors,
    news,
    metrics: metrics.text,
    isDraining: drain.isOn
  }
  const bring = store.shared?.bring
  return { names, news, shortAddresses, settings, bring, lastErrors, origin, images, pages, portal }
}

type Memories = ReturnType<typeof openMemories>

interface Lasting {
  readonly gate: Gate
  readonly outside: Outside
  readonly memories: Memories
}

/** What visits need by the rules and the settings of the moment. */
function servicesBy(inUse: Rules, { gate, outside, memories }: Lasting): Services {
  const [rules, config] = [inUse.current(), inUse.config()]
  const access = gate.access(config)
  const identify = createIdentify(rules.clients)
  const { names, news, shortAddresses, settings, bring, lastErrors, origin, images, pages, portal } = memories
  const writer = { config, shortAddresses, portalPages: rules.portalPages }
  return {
    guard: { access, quotas: gate.quotas, loops: gate.loops },
    clients: {
      config,
      rules: rules.clients,
      identify,
      settings,
      bring,
      secretFor: client => shortAddresses.secretFor(client),
      hasUsers: access.hasUsers
    },
    addresses: { names, shortAddresses, sites: rules.sites, editions: news.editions, engines: rules.engines },
    origin: { ...origin, config },
    images: { ...images, config, optionsFor: createImageOptions(imageLimitsOf(config)) },
    pages: { ...pages, config, walls: rules.walls },
    writing: { ...writer, errorPages: createErrorPages(writer), lastErrors },
    portal: { ...portal, rules: rules.clients, portalRules: rules.portalRules },
    secureEnd: outside.secureEnd
  }
}

/** All that a proxy is made of, but the server in front of it. */
export interface Composed extends Pick<Ground, 'ownHost' | 'store' | 'metrics' | 'visitLog' | 'workers' | 'drain'> {
  readonly door: Door
  readonly connections: Gate['connections']
  readonly watch: Gate['watch']
  /** By the rules that are in use: a visit goes on with those that it began with */
  readonly services: () => Services
  readonly rules: Rules
  close(): Promise<void>
}

/**
 * Makes all services, in order: each of what is there before it, by rules that were read already if some are given.
 * @throws Error when the rules are wrong, or a file cannot be read.
 */
export async function compose(config: Config, log: (line: string) => void, inUse?: RulesInUse): Promise<Composed> {
  const ground = layGround(config, log, inUse)
  await ground.store.shared?.ready()
  const gate = buildGate(ground)
  const outside = await openOutside(ground, gate)
  const lasting = { gate, outside, memories: openMemories(ground, outside) }
  const { rules, store } = ground
  let services = servicesBy(rules, lasting)
  return {
    ...ground,
    connections: gate.connections,
    watch: gate.watch,
    door: outside.door,
    services: () => services,
    rules: {
      ...rules,
      reload(next) {
        rules.reload(next)
        services = servicesBy(rules, lasting)
      }
    },
    async close() {
      lasting.memories.news.close()
      await outside.door.destroy()
      await rules.close()
      await store.close()
    }
  }
}
