import type { Duplex } from 'node:stream'
import type { SecureContext } from 'node:tls'
import { LRUCache } from 'lru-cache'
import { boundedKey } from '../bytes/bounded-key.js'
import type { Config } from '../config/config.js'
import type { NameAsker } from '../guard/look-ups.js'
import { createRate } from '../guard/rate.js'
import { openAuthority } from './authority-file.js'
import type { Authority } from './certificates.js'
import { createConcurrencyLimit, type ConcurrencyLimit } from '../async/concurrency-limit.js'
import { createLeafs } from './leafs.js'
import { endsTls, modeFor, type TlsMode } from '../config/tls-modes.js'

/** Opens a connection to a host; rejects with a Failure. */
export type OpenTunnel = (hostname: string, port: number, asker: NameAsker) => Promise<Duplex>

/** This proxy as the end of, or the way through for, what clients want to keep secret. */
export interface SecureEnd {
  /** Undefined while TLS ends here for no host */
  readonly authority: Authority | undefined
  readonly handshakes: ConcurrencyLimit
  readonly tunnels: ConcurrencyLimit
  readonly openTunnel: OpenTunnel
  modeFor(host: string, port: number): TlsMode | 'refused'
  contextFor(host: string, client: string): Promise<SecureContext>
  /** Whether a client has shown of late that it speaks nothing that we do */
  isTooOld(client: string): boolean
  markTooOld(client: string): void
}

/** Clients that are remembered as too old, and for how long: a browser may be exchanged. */
const TOO_OLD = { max: 1000, ttl: 3600 * 1000 }

/** What one client may have of the certificates that are made in a second. Fraction. */
const CLIENT_SHARE = 1 / 2

/** @throws Error when the authority can be neither read nor made. */
export async function createSecureEnd(config: Config, openTunnel: OpenTunnel): Promise<SecureEnd> {
  const authority = endsTls(config) ? await openAuthority(config.dataDir, config.tlsDigest) : undefined
  const leafs =
    authority === undefined
      ? undefined
      : await createLeafs(
          authority,
          config.tlsDigest,
          createRate(Math.floor(config.maxCertificatesPerSecond * CLIENT_SHARE), config.maxCertificatesPerSecond)
        )
  const tooOld = new LRUCache<string, true>(TOO_OLD)
  return {
    authority,
    handshakes: createConcurrencyLimit(config.maxTlsHandshakes),
    tunnels: createConcurrencyLimit(config.maxTunnels),
    openTunnel,
    modeFor: (host, port) => modeFor(host, port, config),
    contextFor: async (host, client) => await leafs!.contextFor(host, client),
    isTooOld: client => tooOld.has(boundedKey(client)),
    markTooOld: client => void tooOld.set(boundedKey(client), true)
  }
}
