import { constants } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import { LRUCache } from 'lru-cache'
import { Failure } from '../failures.js'
import type { Rate } from '../guard/rate.js'
import { createLeafMaker, makeKeys, privatePem, type Authority, type Digest } from './certificates.js'

/** What TLS towards a client needs for a host. */
export interface Leafs {
  /** Rejects when the certificate cannot be made, and with TOO_MANY_CONNECTS when the client wants too many at once. */
  contextFor(host: string, client: string): Promise<SecureContext>
}

/** A context takes about 100 kB of OpenSSL's memory; to make one anew takes 8 ms of the main thread. */
const MOST_CONTEXTS = 200

/**
 * All that Node's OpenSSL still has, down to TLS 1.0; level 0 takes SHA-1 signatures and short keys. Without a
 * certificate (aNULL) anybody in between could answer.
 */
const OLDEST = {
  minVersion: 'TLSv1',
  ciphers: 'ALL:!aNULL:!PSK:!SRP:@SECLEVEL=0',
  dhparam: 'auto',
  ecdhCurve: 'auto'
} as const

/**
 * Certificates of hosts, made when they are first asked for. They share one key: to make a key takes a quarter of a
 * second, and whoever could read one of them here could read all.
 */
export async function createLeafs(authority: Authority, digest: Digest, rate: Rate): Promise<Leafs> {
  const keys = await makeKeys(digest)
  const key = await privatePem(keys)
  const makeLeaf = await createLeafMaker(keys.publicKey, authority, digest)
  // Promises are kept, so that two visits at the same time make one certificate.
  const contexts = new LRUCache<string, Promise<SecureContext>>({ max: MOST_CONTEXTS })
  async function make(host: string): Promise<SecureContext> {
    const cert = await makeLeaf(host)
    // SSL_OP_ALL: work-arounds for the mistakes of old clients, such as those that take no empty records.
    return createSecureContext({ ...OLDEST, key, cert, secureOptions: constants.SSL_OP_ALL })
  }
  function known(host: string): Promise<SecureContext> {
    const kept = contexts.get(host)
    if (kept !== undefined) return kept
    const made = make(host)
    contexts.set(host, made)
    made.catch(() => contexts.delete(host))
    return made
  }
  return {
    async contextFor(host, client) {
      if (!contexts.has(host) && !(await rate(client))) throw new Failure('TOO_MANY_CONNECTS', 'certificates')
      return await known(host)
    }
  }
}
