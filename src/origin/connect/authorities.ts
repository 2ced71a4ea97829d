import { readFileSync } from 'node:fs'
import tls, { type SecureContext } from 'node:tls'

/**
 * The certificate authorities to trust when the settings name a file with further ones, else undefined (Node's own).
 * They are parsed once for all connections: as certificates they would be parsed for each, which takes 25 to 60 ms of
 * the main thread.
 * @throws Error when the file cannot be read or holds no certificate.
 */
export function readAuthorities(file: string): SecureContext | undefined {
  if (file === '') return undefined
  const extra = readFileSync(file, 'utf8')
  if (!extra.includes('-----BEGIN CERTIFICATE-----')) throw new Error(`${file}: there is no certificate in it`)
  // Node 22 lists what it trusts, NODE_EXTRA_CA_CERTS included; for Node 20 that file is read again.
  const get = (tls as unknown as { getCACertificates?: (type: string) => string[] }).getCACertificates
  const fromEnvironment = process.env.NODE_EXTRA_CA_CERTS
  const own = get?.('default') ?? [
    ...tls.rootCertificates,
    ...(fromEnvironment === undefined ? [] : [readFileSync(fromEnvironment, 'utf8')])
  ]
  return tls.createSecureContext({ ca: [...own, extra] })
}
