import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'
import { isIP } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { createErrorPages } from './answers/error-pages.js'
import { createImageCache } from './memory/image-cache.js'
import { createImageSizes } from './memory/image-sizes.js'
import type { Services } from './request/visit-state.js'
import { createApp } from './app.js'
import { createPersonalSettings } from './clients/settings.js'
import type { Config } from './config/config.js'
import { createAccess } from './guard/access.js'
import { isPublic, plainAddress } from './guard/address.js'
import { createConnections } from './guard/connections.js'
import { hiddenClients, hiddenClientsNote } from './guard/hidden-clients.js'
import { createHostGuard } from './guard/hosts.js'
import { createLookUps } from './guard/look-ups.js'
import { createLoops } from './guard/loops.js'
import { createQuotas } from './guard/quotas.js'
import { createUsers } from './guard/users/users.js'
import { readSize } from './image/sizes/read-size.js'
import { openNews } from './news/open-news.js'
import { readAuthorities } from './origin/connect/authorities.js'
import { createCookieJars } from './origin/cookies/cookie-jars.js'
import { createDispatcher } from './origin/connect/dispatcher.js'
import { createDoor, type Door } from './origin/door.js'
import { fetchBytes } from './origin/fetchers/fetch-bytes.js'
import { createTunnelOpener } from './origin/connect/open-tunnel.js'
import { createPageFetcher } from './origin/fetchers/page-fetcher.js'
import { createRedirectHistory } from './memory/redirect-history.js'
import { createMemoryBudget } from './guard/memory-budget.js'
import { createSecureHosts } from './origin/secure-hosts.js'
import { createSheetFetcher } from './origin/fetchers/sheet-fetcher.js'
import { createStartFetcher } from './origin/fetchers/start-fetcher.js'
import { keyInPath } from './page/addresses/short-address.js'
import { createInlineImages } from './memory/inline-images.js'
import { createKeptParts } from './memory/kept-parts.js'
import { createLastErrors } from './memory/last-errors.js'
import { useRules } from './rules-in-use.js'
import { createSearch, type Search, type SearchOptions } from './search/search.js'
import { openStore } from './store/open.js'
import { createShortAddresses, type ShortAddresses } from './request/short-addresses.js'
import { createSecureEnd } from './tls/secure-end.js'
import { createClosedLog, type ClosedLog } from './watch/closed-log.js'
import { createMetrics } from './watch/metrics.js'
import { createVisitLog } from './watch/visit-log.js'
import type { Workers } from './workers/pool.js'

/** A proxy that runs. */
export interface Running {
  readonly port: number
  /** Addresses to type into a browser's proxy settings: host:port */
  readonly addresses: readonly string[]
  /** Reads the rules again; wrong ones are told in the log, and the old ones stay. */
  reload(): void
  /** Takes no more visits, lets those under way end for a while, and lets go of everything. */
  close(): Promise<void>
}

/**
 * Connections that wait in the kernel to be taken. Where there is no room, it drops the beginning of the next one, and
 * that client tries again after one second, then three, then seven. Linux bounds it by net.core.somaxconn, 4096 unless
 * it was changed; it takes that many in a third of a second.
 */
const BACKLOG = 4096
/** When the proxy closes, connections that have had their answer are looked for so often. Milliseconds. */
const IDLE_MILLISECONDS = 100

/** What this machine is called in the networks that it is in. */
function outerInterfaces(family: 'IPv4' | 'IPv6'): NetworkInterfaceInfo[] {
  return Object.values(networkInterfaces())
    .flat()
    .filter(entry => entry !== undefined && entry.family === family && !entry.internal) as NetworkInterfaceInfo[]
}

const localAddresses = (): string[] => outerInterfaces('IPv4').map(({ address }) => address)

/** Networks of IPv6 that this machine is in: those of a home, or of a rack. */
const localNetworks = (): string[] => outerInterfaces('IPv6').map(({ address, cidr }) => cidr ?? `${address}/64`)

/** An address, as a socket says it, at which this machine answers itself. */
function isOwnAddress(address: string): boolean {
  const bare = plainAddress(address)
  return (
    /^127\.|^::1$/.test(bare) ||
    Object.values(networkInterfaces()).some(entries => entries?.some(entry => entry.address === bare))
  )
}

/** This machine by a name or address of its own: what cannot be on the open Internet, unless the settings open it. */
function isOwnHost(hostname: string, config: Config): boolean {
  const bare = hostname.replace(/^\[|\]$|\.$/g, '')
  // Whatever the settings open: a request that is led to this machine again goes round without end.
  if (config.ownNames.includes(bare) || /^(127\.[\d.]+|::1|localhost)$/.test(bare) || localAddresses().includes(bare))
    return true
  if (config.allowHosts.includes(bare)) return false
  return isIP(bare) !== 0
    ? !isPublic(bare)
    : !bare.includes('.') || /\.(local|lan|home|internal|localhost)$/i.test(bare)
}

/** A page of results is some 50 kB. */
const RESULTS_BYTES = 1024 * 1024
/** A back end may send us to another name of itself. */
const RESULTS_REDIRECTS = 2

function searchThrough(
  door: Door,
  config: Config,
  { backEnds, read }: Pick<SearchOptions, 'backEnds' | 'read'>
): Search {
  const options = {
    maxBytes: RESULTS_BYTES,
    timeoutSeconds: config.searchTimeoutSeconds,
    maxRedirects: RESULTS_REDIRECTS
  }
  const fields = { accept: 'text/html,application/json;q=0.9,*/*;q=0.8' }
  const fetch: SearchOptions['fetch'] = (url, signal, language) =>
    fetchBytes(door, url, { ...options, fields: { ...fields, 'accept-language': language }, signal })
  return createSearch({ backEnds, read, searxng: config.searxng, timeoutSeconds: config.searchTimeoutSeconds, fetch })
}

function longAddress(path: string, shortAddresses: ShortAddresses): string | undefined {
  const key = keyInPath(path)
  return key === undefined ? undefined : shortAddresses.find(key)
}

/**
 * Starts the proxy, by the rules that the settings name unless others are given.
 * @throws Error when the rules are wrong, the CA file cannot be read or the port is taken.
 */
export async function serve(config: Config, log: (line: string) => void, inUse = useRules(config)): Promise<Running> {
  const visitLog = createVisitLog(config, log)
  const hidden = hiddenClients([...outerInterfaces('IPv4'), ...outerInterfaces('IPv6')].map(({ address }) => address))
  const hiddenNote = hiddenClientsNote(hidden, config)
  if (hiddenNote !== undefined) visitLog.note(hiddenNote)
  const store = openStore(config.dataDir, visitLog.note, config.maxStoreBytes)
  const quotas = createQuotas(config)
  const metrics = createMetrics({
    visits: quotas.underWay,
    tunnels: () => secureEnd.tunnels.inside(),
    connections: () =>
      new Promise(resolve => app.server.getConnections((error, count) => resolve(error === null ? count : 0))),
    conversions: () => inUse.workers.load(),
    imageProcesses: () => inUse.workers.imageProcesses(),
    store: store.trouble
  })
  const loops = createLoops(config.upstreamProxy !== '')
  const isOwn = (address: string, port: number): boolean => port === names.port && isOwnAddress(address)
  /** Those of the rules in use: they change when the rules are read again. */
  const workers: Pick<Workers, 'page' | 'needs' | 'image' | 'stories' | 'results' | 'form'> = {
    page: (job, asker) => metrics.time('page', inUse.workers.page(job, asker)),
    needs: (job, asker) => metrics.time('needs', inUse.workers.needs(job, asker)),
    image: (bytes, options, asker) => metrics.time('image', inUse.workers.image(bytes, options, asker)),
    stories: (job, asker) => metrics.time('feed', inUse.workers.stories(job, asker)),
    results: (job, asker) => metrics.time('results', inUse.workers.results(job, asker)),
    form: (job, asker) => metrics.time('form', inUse.workers.form(job, asker))
  }
  const guard = createHostGuard({
    allowHosts: config.allowHosts,
    allowPorts: config.allowPorts,
    blocked: () => inUse.blocked,
    isOwn,
    localNetworks
  })
  const authorities = readAuthorities(config.extraCa)
  const lookUps = createLookUps()
  const secureEnd = await createSecureEnd(config, createTunnelOpener({ ...config, guard, lookUps }))
  const dispatcher = createDispatcher({ ...config, guard, lookUps, loops, authorities })
  const door = createDoor({
    dispatcher,
    secureHosts: createSecureHosts(store),
    maxRedirects: config.maxRedirects,
    responseTimeoutSeconds: config.responseTimeoutSeconds,
    maxConnectionsPerRequest: config.maxConnectionsPerRequest
  })
  const shortAddresses = createShortAddresses(store, config.maxShortAddresses)
  const news = openNews(config, () => inUse.news, { door, store, workers })
  const proxyAddresses: string[] = []
  const closedLog = createClosedLog(visitLog.note)
  const reportClosed: ClosedLog = (reason, client) => {
    metrics.closed(reason)
    closedLog(reason, client)
  }
  const connections = createConnections<Socket>({
    most: config.maxConnections,
    mostOfClient: config.maxConnectionsPerClient,
    mostPerSecond: config.maxConnectionsPerSecond,
    close: socket => socket.destroy(),
    report: reportClosed
  })
  const services: Services = {
    config,
    access: createAccess({ ...config, users: createUsers(config.users), hidden, welcome: connections.welcome }),
    quotas,
    loops,
    get rules() {
      return inUse.clients
    },
    get sites() {
      return inUse.sites
    },
    settings: createPersonalSettings(store),
    jars: createCookieJars(store, config.maxCookieBytes),
    workers,
    images: createImageCache(workers, config.maxImageCacheBytes),
    imageSizes: createImageSizes({
      fetchStart: createStartFetcher(door),
      readSize: bytes => readSize(bytes, config.maxImagePixels)
    }),
    get portalPages() {
      return inUse.portalPages
    },
    errorPages: createErrorPages(),
    inlineImages: createInlineImages(config.maxInlineBytes),
    shortAddresses,
    keptParts: createKeptParts(config.maxPartBytes),
    redirectHistory: createRedirectHistory(),
    memoryBudget: createMemoryBudget(config.maxBodiesBytes, Math.max(config.maxPageBytes, config.maxImageBytes)),
    fetchSheet: createSheetFetcher({ door, maxBytes: config.maxSheetBytes }),
    fetchPage: createPageFetcher({ door, maxBytes: config.maxPageBytes }),
    lastErrors: createLastErrors(),
    get portalRules() {
      return inUse.portalRules
    },
    search: searchThrough(door, config, { backEnds: () => inUse.backEnds, read: workers.results }),
    secureEnd,
    news,
    metrics: metrics.text,
    isOwnHost: hostname => hostname.replace(/\.$/, '') === config.name || isOwnHost(hostname, config),
    proxyAddresses
  }
  const names = {
    name: config.name,
    port: config.port,
    isOwn: (hostname: string) => isOwnHost(hostname, config),
    longAddress: (path: string) => longAddress(path, shortAddresses)
  }
  const app = await createApp({
    config,
    services,
    door,
    names,
    connections,
    reportClosed,
    time: metrics.time,
    written: store.written,
    report(visit) {
      metrics.visit(visit)
      visitLog.visit(visit)
    },
    reportConnection(connection) {
      metrics.connection(connection)
      visitLog.connection(connection)
    }
  })
  await app.listen({ port: config.port, host: config.host, backlog: BACKLOG })
  const { port } = app.server.address() as AddressInfo
  names.port = port
  const hosts = /^(0\.0\.0\.0|::)$/.test(config.host) ? localAddresses() : [config.host]
  proxyAddresses.push(...(hosts.length === 0 ? ['127.0.0.1'] : hosts).map(host => `${host}:${port}`))
  return {
    port,
    addresses: proxyAddresses,
    reload() {
      try {
        const old = inUse
        inUse = useRules(config)
        void old.workers.retire()
        visitLog.note('The rules were read again.')
      } catch (error) {
        visitLog.note(`The old rules stay: ${error instanceof Error ? error.message : String(error)}`)
      }
    },
    async close() {
      const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_MILLISECONDS)
      const timer = setTimeout(() => app.server.closeAllConnections(), config.shutdownSeconds * 1000)
      await app.close()
      clearInterval(idle)
      clearTimeout(timer)
      news.close()
      await door.destroy()
      await inUse.workers.close()
      await store.close()
    }
  }
}
