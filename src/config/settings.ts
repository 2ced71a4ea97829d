import { availableParallelism } from 'node:os'
import { WEB_PORTS } from './ports.js'
import type { Setting } from './setting-values.js'

const text = (help: string, value = ''): Setting<string> => ({ kind: 'text', default: value, help })
const path = (help: string, value = ''): Setting<string> => ({ kind: 'path', default: value, help })
const url = (help: string): Setting<string> => ({ kind: 'url', default: '', help })
const store = (help: string): Setting<string> => ({ kind: 'store', default: '', help })
const list = (help: string): Setting<readonly string[]> => ({ kind: 'list', default: [], help })
const choices = (help: string, names: readonly string[]): Setting<readonly string[]> => ({
  ...list(help),
  choices: names
})
const networks = (help: string, value: readonly string[]): Setting<readonly string[]> => ({
  kind: 'networks',
  default: value,
  help
})
const ports = (help: string, value: readonly string[] = []): Setting<readonly string[]> => ({
  kind: 'ports',
  default: value,
  help
})
const modes = (help: string): Setting<readonly string[]> => ({ kind: 'modes', default: [], help })
const users = (help: string): Setting<readonly string[]> => ({ kind: 'users', default: [], help })
const within = (least: number, most: number, unit: string) => ({ unit, least, most })
const number = (help: string, value: number, range: ReturnType<typeof within>): Setting<number> => ({
  kind: 'integer',
  default: value,
  help,
  ...range
})
const choice = <const T extends string>(help: string, value: NoInfer<T>, choices: readonly T[]): Setting<T> => ({
  kind: 'choice',
  default: value,
  help,
  choices
})

const MIB = 1024 * 1024

/** Sites whose pages the proxy can make itself. */
export const ANSWERED_SITES = ['frogfind.com', '68k.news'] as const

/** Who may use the proxy unless told otherwise: loopback, RFC 1918, link-local, RFC 6598, RFC 4193. */
const PRIVATE_NETWORKS = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::1/128',
  'fc00::/7',
  'fe80::/10'
]

/**
 * Every setting: kind, unit, default, one line of help. The command line, the environment, the file, the checks and
 * docs/configuration.md are made from this list. `portText` is the flag `--port-text`, the environment variable
 * RETROGRADE_PORT_TEXT and the key `portText` of the file.
 */
export const SETTINGS = {
  port: number('Port to listen on; 0 takes a free one.', 8080, within(0, 65535, 'port')),
  host: text('Address to listen on.', '0.0.0.0'),
  name: text('Name under which browsers that use the proxy reach its own pages.', 'retrograde'),
  ownNames: list('Further names of this machine, for browsers that put it before the address.'),
  small: choice('Defaults for a machine with little memory (1 GB or less): found out, on or off.', 'auto', [
    'auto',
    'on',
    'off'
  ]),
  profile: text('Treat every client as this profile (a name from rules/profiles); empty: by what each client sends.'),
  originalSource: choice('Where a page carries its Original source line.', 'bottom', ['bottom', 'top', 'off']),
  feedLinks: choice('Whether that line links to the feeds that the page announces.', 'off', ['on', 'off']),
  archiveLink: choice('Whether it links to the copy of the page in the Internet Archive.', 'off', ['on', 'off']),
  figures: choice('Whether it says how many bytes and requests the page took, and how many bytes were sent.', 'on', [
    'on',
    'off'
  ]),
  images: choice('Images in pages: in their place, as numbered links, or left out.', 'inline', [
    'inline',
    'links',
    'off'
  ]),
  searchEngines: choice(
    'Where pages of results of search engines lead (rules/search-engines.yaml): to our own search for the same words, or to the engine.',
    'own',
    ['own', 'site']
  ),
  rules: path('Folder with profiles, clients and displays; empty: the ones that come with the program.'),
  sites: path(
    'Folder with further rules of sites, in the form of rules/sites; a file there goes before ours of the same name.'
  ),
  own: path(
    'Folder of your own rules over ours: sites/, clients/, profiles/, feeds/, bookmarks.yaml, search-engines.yaml, search.yaml, displays.yaml, setup.yaml, charsets/fallbacks.yaml, blocked.yaml, blocked.txt; what has the name of ours takes its place.'
  ),
  untouched: list('Hosts, with all names below them, whose pages are passed as they are.'),
  dataDir: path('Folder for what is remembered between starts; empty: nothing is kept.', 'data'),
  sharedStore: store(
    'Valkey or Redis in which several proxies remember together, in the place of dataDir, as redis://host:6379/0; its password may stand in it.'
  ),
  sharedStorePasswordFile: path(
    'File with the password of that store; empty: it has none, or it stands in the address.'
  ),
  sharedStoreMilliseconds: number(
    'Longest wait for an answer of that store; one that is slower counts as failing, and is asked again later.',
    500,
    within(10, 60_000, 'milliseconds')
  ),
  newsEdition: text('Edition of the news that is shown first (a name from rules/feeds, or my).', 'us'),
  newsFeeds: path("File with one's own feeds, which become the edition my: YAML like those of rules/feeds, or OPML."),
  newsRefreshMinutes: number('Time after which a feed of the news is asked again.', 30, within(1, 1440, 'minutes')),
  upstreamProxy: url('HTTP proxy that everything is fetched through, as http://host:port/.'),
  extraCa: path('File with further certificate authorities to trust (PEM).'),
  allowClients: networks('Networks whose machines may use the proxy.', PRIVATE_NETWORKS),
  denyClients: networks('Networks within those whose machines may not use it.', []),
  gatewayClients: choice(
    'In a container behind a bridge: clients that come as its gateway, so that nobody can know who they are. With users their passwords count.',
    'refuse',
    ['refuse', 'allow']
  ),
  users: users(
    'Who may use the proxy with a password, as name:hash; "retrograde hash-password" makes the hash. Empty: nobody needs one.'
  ),
  proxyProtocolFrom: networks(
    'Addresses of balancers, whose connections must begin with a header of the PROXY protocol (1 or 2) that names the client.',
    []
  ),
  maxRequestsPerMinute: number(
    'Requests of one client in a minute; 0 sets no limit.',
    0,
    within(0, 1_000_000, 'requests')
  ),
  maxVisitsPerClient: number(
    'Requests of one client that are answered at the same time.',
    100,
    within(1, 100_000, 'requests')
  ),
  maxVisits: number('Requests that are answered at the same time.', 200, within(1, 100_000, 'requests')),
  maxMegabytesPerDay: number(
    'Bytes sent to one client in 24 hours; 0 sets no limit.',
    0,
    within(0, 1_000_000, 'megabytes')
  ),
  maxConnections: number(
    'Connections of clients at the same time; for a further one, the one that has been idle longest is closed.',
    1000,
    within(1, 65535, 'connections')
  ),
  maxConnectionsPerClient: number(
    'Connections of one address (of IPv6: of one /64) at the same time; for a further one, its own that has been idle longest is closed.',
    200,
    within(1, 65535, 'connections')
  ),
  maxConnectionsPerSecond: number(
    'New connections of one address (of IPv6: of one /64) in a second, after a pause those of three seconds at once; further ones are closed unread.',
    100,
    within(1, 65535, 'connections')
  ),
  metricsFrom: networks('Networks from which /metrics may be read, and /healthz without being one of the clients.', [
    '127.0.0.0/8',
    '::1/128'
  ]),
  allowHosts: list('Private hosts that may be fetched all the same (a NAS), by name or address, at any port.'),
  allowPorts: ports('Ports of other hosts that may be fetched from.', WEB_PORTS),
  blocked: path(
    'File with addresses that are not fetched: YAML like rules/blocked.yaml, a hosts file, or hosts as EasyList has them (||example.com^).'
  ),
  blockTrackers: choice('Whether trackers and adverts are not fetched (rules/trackers.yaml).', 'on', ['on', 'off']),
  log: choice('What is written for each visit.', 'text', ['text', 'json', 'off']),
  logQueries: choice(
    'Whether what stands behind ? in addresses is written too; it may hold what people typed.',
    'off',
    ['off', 'on']
  ),
  shutdownSeconds: number('Time for visits under way to end when the proxy is stopped.', 8, within(1, 600, 'seconds')),
  drainSeconds: number(
    'Time between the signal to stop and the end of listening, in which /healthz answers 503 and a balancer looks for another proxy; 0: none.',
    0,
    within(0, 600, 'seconds')
  ),
  connectTimeoutSeconds: number('Time to reach a site.', 10, within(1, 600, 'seconds')),
  responseTimeoutSeconds: number(
    'Time until a site begins its answer, whatever is tried.',
    30,
    within(1, 600, 'seconds')
  ),
  bodyTimeoutSeconds: number('Longest pause within an answer.', 30, within(1, 600, 'seconds')),
  readTimeoutSeconds: number(
    'Time for a whole page or image to arrive; what has come by then is shown.',
    60,
    within(1, 3600, 'seconds')
  ),
  maxConnectionsPerRequest: number(
    'Connections to sites that one request may take: for the page, its redirects, its style sheets and the sizes of its images.',
    64,
    within(2, 10_000, 'connections')
  ),
  maxRedirects: number('Redirects in a row before it counts as a loop.', 10, within(1, 100, 'redirects')),
  maxPageBytes: number('Size of a page; a longer one is cut there.', 4 * MIB, within(1024, 256 * MIB, 'bytes')),
  maxElements: number('Elements in a page; one with more is refused.', 100_000, within(100, 10_000_000, 'elements')),
  maxImageBytes: number(
    'Size of an image to convert; a larger one becomes an empty GIF.',
    24 * MIB,
    within(1024, 256 * MIB, 'bytes')
  ),
  maxImagePixels: number(
    'Pixels of an image to convert; a larger one becomes an empty GIF.',
    50_000_000,
    within(1000, 1_000_000_000, 'pixels')
  ),
  maxImageSide: number(
    'Width, and height, of an image to convert; a longer one becomes an empty GIF. JPEG has no more.',
    65_500,
    within(16, 10_000_000, 'pixels')
  ),
  maxImageMemoryBytes: number(
    'Memory that the conversion of one image may take; the process that takes more is ended, and the image becomes an empty GIF.',
    240 * MIB,
    within(32 * MIB, 16_384 * MIB, 'bytes')
  ),
  maxThreadMemoryBytes: number('Memory of a thread for pages.', 384 * MIB, within(32 * MIB, 4096 * MIB, 'bytes')),
  maxImageFrames: number('Frames of an animation that are kept.', 60, within(1, 10_000, 'frames')),
  maxImageCacheBytes: number(
    'Memory for images, so that they are not fetched and converted again: half for what was made of them, half for them as they came, which is needed for other sizes and other kinds of browsers.',
    32 * MIB,
    within(MIB, 16_384 * MIB, 'bytes')
  ),
  maxSheetCacheBytes: number(
    'Memory for style sheets of sites, which are kept for a quarter of an hour.',
    16 * MIB,
    within(MIB, 4096 * MIB, 'bytes')
  ),
  maxPageCacheBytes: number(
    'Memory for converted pages, so that one that comes unchanged from its site is not converted again; 0: none are kept.',
    16 * MIB,
    within(0, 4096 * MIB, 'bytes')
  ),
  maxBodiesBytes: number(
    'Memory for pages and images of all clients that are being fetched and converted; when it is full, further ones are refused.',
    256 * MIB,
    within(MIB, 65_536 * MIB, 'bytes')
  ),
  uploadPauseSeconds: number(
    'Longest pause within what a browser sends with a request.',
    30,
    within(1, 600, 'seconds')
  ),
  maxUploadBytes: number('Size of a form or file that a client sends.', 64 * MIB, within(1024, 4096 * MIB, 'bytes')),
  maxFormBytes: number(
    'Text of a form that is written anew in the charset of its site; files that go with it do not count.',
    512 * 1024,
    within(1024, 64 * MIB, 'bytes')
  ),
  maxInlineBytes: number('Memory for images that came inside pages.', 32 * MIB, within(MIB, 4096 * MIB, 'bytes')),
  maxPartBytes: number('Memory for the parts of long pages.', 16 * MIB, within(MIB, 4096 * MIB, 'bytes')),
  maxCookieBytes: number(
    'Cookies that are kept here for all clients together; who came last in the network that has most gives first.',
    64 * MIB,
    within(MIB, 4096 * MIB, 'bytes')
  ),
  maxShortAddresses: number(
    'Short addresses that are remembered; the one used longest ago goes first.',
    50_000,
    within(100, 10_000_000, 'addresses')
  ),
  maxStoreBytes: number(
    'Size of what is remembered on the disk (cookies, settings, short addresses, news); when it is full, the oldest of what takes most goes.',
    512 * MIB,
    within(8 * MIB, 65_536 * MIB, 'bytes')
  ),
  maxSheets: number(
    'Linked style sheets of a page that are fetched to learn what it hides and stresses; 0 fetches none.',
    4,
    within(0, 32, 'sheets')
  ),
  maxSheetBytes: number(
    'Size of the linked style sheets of a page together; what is beyond is left out.',
    300 * 1024,
    within(1024, 4 * MIB, 'bytes')
  ),
  sheetTimeoutMilliseconds: number(
    'Longest wait of a page for its linked style sheets.',
    1500,
    within(1, 60_000, 'milliseconds')
  ),
  imagesAhead: number(
    'Images of a page that are fetched and converted while its text is on its way to the browser; 0: none, each is fetched when it is asked for.',
    8,
    within(0, 24, 'images')
  ),
  maxProbes: number(
    'Images of a page whose first bytes are fetched to learn how large they are, where nothing else says it; 0 fetches none.',
    16,
    within(0, 200, 'images')
  ),
  probeTimeoutMilliseconds: number(
    'Longest wait of a page for the sizes of its images.',
    1500,
    within(1, 60_000, 'milliseconds')
  ),
  answerFor: choices('Sites whose pages this proxy makes itself when it is asked for them.', ANSWERED_SITES),
  searxng: url(
    'SearXNG instance that the search page asks first, as https://search.example/; its JSON format must be on, and a private one must be among allowHosts.'
  ),
  searchTimeoutSeconds: number('Time that the search page gives all whom it asks.', 8, within(1, 120, 'seconds')),
  maxFeedBytes: number(
    'Size of a feed of the news; a longer one is left out.',
    4 * MIB,
    within(1024, 64 * MIB, 'bytes')
  ),
  feedTimeoutSeconds: number('Time for a feed of the news to arrive.', 15, within(1, 600, 'seconds')),
  conversionTimeoutSeconds: number(
    'Time to convert one page or image, from when the work begins.',
    20,
    within(1, 600, 'seconds')
  ),
  conversions: number(
    'Pages converted at the same time, in threads, of which one client has half; and images of one client, in processes, with one more for others.',
    Math.min(Math.max(availableParallelism(), 2), 4),
    within(1, 64, 'conversions')
  ),
  readyThreads: number(
    'Threads that stand ready to convert pages, from the first visit to a site until a quarter of an hour without one; where there are none, the first page after a minute waits for its thread.',
    1,
    within(0, 64, 'threads')
  ),
  maxWaitingConversions: number(
    'Pages of one client that wait for their turn to be converted, and images as well; further ones are refused.',
    32,
    within(1, 10_000, 'conversions')
  ),
  conversionWaitSeconds: number('Longest wait for that turn.', 60, within(1, 600, 'seconds')),
  maxHeadBytes: number('Size of the head of a request.', 65536, within(4096, MIB, 'bytes')),
  headTimeoutSeconds: number('Time for the head of a request to arrive.', 30, within(1, 600, 'seconds')),
  keepAliveTimeoutSeconds: number('Time that an idle connection is kept open.', 15, within(1, 600, 'seconds')),
  tls: choice(
    'What https:// of a browser (CONNECT) leads to: a page that says to type http://, TLS that ends here with a certificate of our own authority, or a tunnel to the site.',
    'off',
    ['off', 'on', 'tunnel']
  ),
  tlsHosts: modes('Hosts, with all names below them, for which it is otherwise: example.com=tunnel.'),
  tlsDigest: choice('Hash of the certificates: SHA-1 for browsers before 2005, SHA-256 for later ones.', 'sha1', [
    'sha1',
    'sha256'
  ]),
  tlsHandshakeSeconds: number('Time for a TLS handshake of a client.', 60, within(1, 600, 'seconds')),
  maxTlsHandshakes: number('TLS handshakes of clients at the same time.', 64, within(1, 10_000, 'handshakes')),
  maxCertificatesPerSecond: number(
    'Certificates that are made in a second for hosts that were not asked for of late; one client gets half of them.',
    20,
    within(2, 1000, 'certificates')
  ),
  tunnelPorts: ports('Further ports that tunnels may lead to, whatever is said above (6667 for chat, 993 for mail).'),
  tunnelIdleSeconds: number('Longest pause in a tunnel.', 300, within(1, 86_400, 'seconds')),
  tunnelSeconds: number('Time that a tunnel may last.', 14_400, within(1, 604_800, 'seconds')),
  maxTunnels: number('Tunnels at the same time.', 64, within(1, 10_000, 'tunnels'))
} as const satisfies Record<string, Setting<unknown>>

type ValueOf<S> = S extends Setting<infer T> ? T : never

/** The values of all settings. */
export type SettingValues = { readonly [N in keyof typeof SETTINGS]: ValueOf<(typeof SETTINGS)[N]> }
