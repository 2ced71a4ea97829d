import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { parse as parseYaml } from 'yaml'
import { WEB_PORTS } from './ports.js'
import { allowedValues, readValue, type Setting } from './setting-values.js'

const text = (help: string, value = ''): Setting<string> => ({ kind: 'text', default: value, help })
const path = (help: string, value = ''): Setting<string> => ({ kind: 'path', default: value, help })
const url = (help: string): Setting<string> => ({ kind: 'url', default: '', help })
const list = (help: string): Setting<readonly string[]> => ({ kind: 'list', default: [], help })
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
const number = (help: string, unit: string, value: number, least: number, most: number): Setting<number> => ({
  kind: 'integer',
  default: value,
  help,
  unit,
  least,
  most
})
const choice = <const T extends string>(help: string, value: NoInfer<T>, choices: readonly T[]): Setting<T> => ({
  kind: 'choice',
  default: value,
  help,
  choices
})

const MIB = 1024 * 1024

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
  port: number('Port to listen on; 0 takes a free one.', 'port', 8080, 0, 65535),
  host: text('Address to listen on.', '0.0.0.0'),
  name: text('Name under which browsers that use the proxy reach its own pages.', 'retrograde'),
  ownNames: list('Further names of this machine, for browsers that put it before the address.'),
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
  rules: path('Folder with profiles, clients and displays; empty: the ones that come with the program.'),
  sites: path(
    'Folder with further rules of sites, in the form of rules/sites; a file there goes before ours of the same name.'
  ),
  dataDir: path('Folder for what is remembered between starts; empty: nothing is kept.', 'data'),
  newsEdition: text('Edition of the news that is shown first (a name from rules/feeds, or my).', 'us'),
  newsFeeds: path("File with one's own feeds, which become the edition my: YAML like those of rules/feeds, or OPML."),
  newsRefreshMinutes: number('Time after which a feed of the news is asked again.', 'minutes', 30, 1, 1440),
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
  maxRequestsPerMinute: number('Requests of one client in a minute; 0 sets no limit.', 'requests', 0, 0, 1_000_000),
  maxVisitsPerClient: number('Requests of one client that are answered at the same time.', 'requests', 100, 1, 100_000),
  maxVisits: number('Requests that are answered at the same time.', 'requests', 200, 1, 100_000),
  maxMegabytesPerDay: number('Bytes sent to one client in 24 hours; 0 sets no limit.', 'megabytes', 0, 0, 1_000_000),
  maxConnections: number(
    'Connections of clients at the same time; for a further one, the one that has been idle longest is closed.',
    'connections',
    1000,
    1,
    65535
  ),
  maxConnectionsPerClient: number(
    'Connections of one address (of IPv6: of one /64) at the same time; for a further one, its own that has been idle longest is closed.',
    'connections',
    200,
    1,
    65535
  ),
  maxConnectionsPerSecond: number(
    'New connections of one address (of IPv6: of one /64) in a second, after a pause those of three seconds at once; further ones are closed unread.',
    'connections',
    100,
    1,
    65535
  ),
  metricsFrom: networks('Networks from which /metrics may be read, and /healthz without being one of the clients.', [
    '127.0.0.0/8',
    '::1/128'
  ]),
  allowHosts: list('Private hosts that may be fetched all the same (a NAS), by name or address, at any port.'),
  allowPorts: ports('Ports of other hosts that may be fetched from.', WEB_PORTS),
  blocked: path('File with addresses that are not fetched, in the form of rules/blocked.yaml.'),
  log: choice('What is written for each visit.', 'text', ['text', 'json', 'off']),
  logQueries: choice(
    'Whether what stands behind ? in addresses is written too; it may hold what people typed.',
    'off',
    ['off', 'on']
  ),
  shutdownSeconds: number('Time for visits under way to end when the proxy is stopped.', 'seconds', 8, 1, 600),
  connectTimeoutSeconds: number('Time to reach a site.', 'seconds', 10, 1, 600),
  responseTimeoutSeconds: number('Time until a site begins its answer.', 'seconds', 30, 1, 600),
  bodyTimeoutSeconds: number('Longest pause within an answer.', 'seconds', 30, 1, 600),
  readTimeoutSeconds: number(
    'Time for a whole page or image to arrive; what has come by then is shown.',
    'seconds',
    60,
    1,
    3600
  ),
  maxConnectionsPerRequest: number(
    'Connections to sites that one request may take: for the page, its redirects, its style sheets and the sizes of its images.',
    'connections',
    64,
    2,
    10_000
  ),
  maxRedirects: number('Redirects in a row before it counts as a loop.', 'redirects', 10, 1, 100),
  maxPageBytes: number('Size of a page; a longer one is cut there.', 'bytes', 4 * MIB, 1024, 256 * MIB),
  maxElements: number('Elements in a page; one with more is refused.', 'elements', 100_000, 100, 10_000_000),
  maxImageBytes: number(
    'Size of an image to convert; a larger one becomes an empty GIF.',
    'bytes',
    24 * MIB,
    1024,
    256 * MIB
  ),
  maxImagePixels: number(
    'Pixels of an image to convert; a larger one becomes an empty GIF.',
    'pixels',
    50_000_000,
    1000,
    1_000_000_000
  ),
  maxImageSide: number(
    'Width, and height, of an image to convert; a longer one becomes an empty GIF. JPEG has no more.',
    'pixels',
    65_500,
    16,
    10_000_000
  ),
  maxImageMemoryBytes: number(
    'Memory that the conversion of one image may take; the process that takes more is ended, and the image becomes an empty GIF.',
    'bytes',
    240 * MIB,
    32 * MIB,
    16_384 * MIB
  ),
  maxImageFrames: number('Frames of an animation that are kept.', 'frames', 60, 1, 10_000),
  maxImageCacheBytes: number(
    'Memory for images of sites and what was made of them, so that they are not fetched and converted again.',
    'bytes',
    64 * MIB,
    MIB,
    16_384 * MIB
  ),
  maxBodiesBytes: number(
    'Memory for pages and images of all clients that are being fetched and converted; when it is full, further ones are refused.',
    'bytes',
    256 * MIB,
    MIB,
    65_536 * MIB
  ),
  uploadPauseSeconds: number('Longest pause within what a browser sends with a request.', 'seconds', 30, 1, 600),
  maxUploadBytes: number('Size of a form or file that a client sends.', 'bytes', 64 * MIB, 1024, 4096 * MIB),
  maxFormBytes: number(
    'Text of a form that is written anew in the charset of its site; files that go with it do not count.',
    'bytes',
    512 * 1024,
    1024,
    64 * MIB
  ),
  maxInlineBytes: number('Memory for images that came inside pages.', 'bytes', 32 * MIB, MIB, 4096 * MIB),
  maxPartBytes: number('Memory for the parts of long pages.', 'bytes', 16 * MIB, MIB, 4096 * MIB),
  maxCookieBytes: number(
    'Cookies that are kept here for all clients together; who came last in the network that has most gives first.',
    'bytes',
    64 * MIB,
    MIB,
    4096 * MIB
  ),
  maxShortAddresses: number(
    'Short addresses that are remembered; the one used longest ago goes first.',
    'addresses',
    50_000,
    100,
    10_000_000
  ),
  maxStoreBytes: number(
    'Size of what is remembered on the disk (cookies, settings, short addresses, news); when it is full, the oldest of what takes most goes.',
    'bytes',
    512 * MIB,
    8 * MIB,
    65_536 * MIB
  ),
  maxSheets: number(
    'Linked style sheets of a page that are fetched to learn what it hides and stresses; 0 fetches none.',
    'sheets',
    4,
    0,
    32
  ),
  maxSheetBytes: number(
    'Size of the linked style sheets of a page together; what is beyond is left out.',
    'bytes',
    300 * 1024,
    1024,
    4 * MIB
  ),
  sheetTimeoutMilliseconds: number(
    'Longest wait of a page for its linked style sheets.',
    'milliseconds',
    1500,
    1,
    60_000
  ),
  maxProbes: number(
    'Images of a page whose first bytes are fetched to learn how large they are, where nothing else says it; 0 fetches none.',
    'images',
    16,
    0,
    200
  ),
  probeTimeoutMilliseconds: number(
    'Longest wait of a page for the sizes of its images.',
    'milliseconds',
    1500,
    1,
    60_000
  ),
  answerFor: list('Sites whose pages this proxy makes itself when it is asked for them: frogfind.com, 68k.news.'),
  searchEngines: choice(
    'Where pages of results of search engines lead (rules/search-engines.yaml): to our own search for the same words, or to the engine.',
    'own',
    ['own', 'site']
  ),
  searxng: url(
    'SearXNG instance that the search page asks first, as https://search.example/; its JSON format must be on, and a private one must be among allowHosts.'
  ),
  searchTimeoutSeconds: number('Time that the search page gives each of those that it asks.', 'seconds', 8, 1, 120),
  maxFeedBytes: number('Size of a feed of the news; a longer one is left out.', 'bytes', 4 * MIB, 1024, 64 * MIB),
  feedTimeoutSeconds: number('Time for a feed of the news to arrive.', 'seconds', 15, 1, 600),
  conversionTimeoutSeconds: number(
    'Time to convert one page or image, from when the work begins.',
    'seconds',
    20,
    1,
    600
  ),
  conversions: number(
    'Pages converted at the same time, and images as well: pages in threads, images in processes. One client has half of each.',
    'conversions',
    availableParallelism() === 1 ? 2 : 4,
    1,
    64
  ),
  maxWaitingConversions: number(
    'Pages of one client that wait for their turn to be converted, and images as well; further ones are refused.',
    'conversions',
    32,
    1,
    10_000
  ),
  conversionWaitSeconds: number('Longest wait for that turn.', 'seconds', 60, 1, 600),
  maxHeadBytes: number('Size of the head of a request.', 'bytes', 65536, 4096, MIB),
  headTimeoutSeconds: number('Time for the head of a request to arrive.', 'seconds', 30, 1, 600),
  keepAliveTimeoutSeconds: number('Time that an idle connection is kept open.', 'seconds', 15, 1, 600),
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
  tlsHandshakeSeconds: number('Time for a TLS handshake of a client.', 'seconds', 60, 1, 600),
  maxTlsHandshakes: number('TLS handshakes of clients at the same time.', 'handshakes', 64, 1, 10_000),
  maxCertificatesPerSecond: number(
    'Certificates that are made in a second for hosts that were not asked for of late; one client gets half of them.',
    'certificates',
    20,
    2,
    1000
  ),
  tunnelPorts: ports('Further ports that tunnels may lead to, whatever is said above (6667 for chat, 993 for mail).'),
  tunnelIdleSeconds: number('Longest pause in a tunnel.', 'seconds', 300, 1, 86_400),
  tunnelSeconds: number('Time that a tunnel may last.', 'seconds', 14_400, 1, 604_800),
  maxTunnels: number('Tunnels at the same time.', 'tunnels', 64, 1, 10_000)
} as const satisfies Record<string, Setting<unknown>>

type Name = keyof typeof SETTINGS
type ValueOf<S> = S extends Setting<infer T> ? T : never
export type Config = { readonly [N in Name]: ValueOf<(typeof SETTINGS)[N]> }

/** A setting with a wrong value: says which, where it was said, and what is allowed. */
export class ConfigError extends Error {}

export const flagOf = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
export const variableOf = (name: string): string => `RETROGRADE_${flagOf(name).replaceAll('-', '_').toUpperCase()}`

const isName = (name: string): name is Name => Object.hasOwn(SETTINGS, name)
function take(values: Record<string, unknown>, name: string, value: unknown, said: string): void {
  const setting: Setting<unknown> | undefined = isName(name) ? SETTINGS[name] : undefined
  if (setting === undefined)
    throw new ConfigError(`${said}: there is no such setting. Settings: ${Object.keys(SETTINGS).join(', ')}`)
  const result = readValue(setting, value)
  // What stands there in the place of a hash may be a password.
  if (result === undefined)
    throw new ConfigError(
      `${said}: ${setting.kind === 'users' ? 'what it says' : JSON.stringify(value)} is not allowed; it takes ${allowedValues(setting)}`
    )
  values[name] = result
}

function fromFile(values: Record<string, unknown>, file: string): void {
  let content: unknown
  try {
    content = parseYaml(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new ConfigError(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (content === null) return
  if (typeof content !== 'object' || Array.isArray(content))
    throw new ConfigError(`${file}: it takes lines of "setting: value"`)
  for (const [name, value] of Object.entries(content)) take(values, name, value, `${file}, ${name}`)
}

function fromEnvironment(values: Record<string, unknown>, environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(SETTINGS)) {
    const value = environment[variableOf(name)]
    if (value !== undefined && value !== '') take(values, name, value, variableOf(name))
  }
}

export type Flags = Readonly<Record<string, string | boolean | undefined>>

/** The options of a command line that takes settings, for util.parseArgs. */
export const flagOptions = (): Record<string, { type: 'string' }> =>
  Object.fromEntries([...Object.keys(SETTINGS).map(flagOf), 'config'].map(flag => [flag, { type: 'string' }]))

function parseFlags(args: readonly string[]): Flags {
  const options = flagOptions()
  try {
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (error) {
    throw new ConfigError(
      `${error instanceof Error ? error.message : String(error)}. Options: ${Object.keys(options)
        .map(flag => `--${flag}`)
        .join(' ')}`
    )
  }
}

/**
 * The settings from flags, environment and file, in that order of strength.
 * @throws ConfigError naming the setting, the value and what is allowed.
 */
export function resolveConfig(flags: Flags, environment: NodeJS.ProcessEnv): Config {
  const values: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(SETTINGS)) values[name] = setting.default
  const file = flags.config ?? environment.RETROGRADE_CONFIG
  if (typeof file === 'string' && file !== '') fromFile(values, file)
  fromEnvironment(values, environment)
  for (const name of Object.keys(SETTINGS)) {
    const value = flags[flagOf(name)]
    if (value !== undefined) take(values, name, value, `--${flagOf(name)}`)
  }
  return Object.freeze(values) as Config
}

/** The settings from a command line and the environment. @throws ConfigError */
export const readConfig = (args: readonly string[], environment: NodeJS.ProcessEnv): Config =>
  resolveConfig(parseFlags(args), environment)
