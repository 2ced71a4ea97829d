import { randomBytes, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'

/** The hash that certificates are signed with. */
export type Digest = 'sha1' | 'sha256'

type Keys = webcrypto.CryptoKeyPair

/** An authority: it signs the certificates of hosts. */
export interface Authority {
  /** PEM */
  readonly certificate: string
  /** The bytes of the certificate, as browsers import them */
  readonly der: Buffer
  readonly keys: Keys
}

/** Keys of 1,024 bits are refused by today's clients, those of 4,096 take an old machine minutes. Bits */
const KEY_BITS = 2048
/** RFC 5280 section 4.1.2.2 allows 20 bytes; 128 random bits keep two certificates of one name apart in every cache. */
const SERIAL_BYTES = 16
/** RFC 5280, upper bound of a common name. Characters */
const MOST_NAME = 64

/**
 * An old machine with an empty battery believes in 1970, 1980 or 1999: certificates begin a day after the first second
 * of Unix, so that no time zone makes it negative, and end before 32 bits of seconds do (19 January 2038).
 */
const VALID = { notBefore: new Date('1970-01-02T00:00:00Z'), notAfter: new Date('2037-12-31T00:00:00Z') }

const algorithm = (digest: Digest): webcrypto.RsaHashedKeyGenParams => ({
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: KEY_BITS,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: digest === 'sha1' ? 'SHA-1' : 'SHA-256'
})

/**
 * Loaded where TLS is spoken only. Its container asks the Reflect metadata of a proposal that Node does not have what
 * its classes are built from; they are built from nothing, and so says this.
 */
async function loadX509(): Promise<typeof import('./x509.js')> {
  const reflect = Reflect as { getMetadata?: unknown; getOwnMetadata?: unknown }
  reflect.getMetadata ??= () => undefined
  reflect.getOwnMetadata ??= () => undefined
  return await import('./x509.js')
}

/** Positive (the first bit is 0), and never 0. */
function newSerial(): string {
  const bytes = randomBytes(SERIAL_BYTES)
  bytes[0] = (bytes[0]! & 0x3f) | 0x40
  return bytes.toString('hex')
}

/** A new RSA pair; made by WebCrypto in a thread of libuv. */
export const makeKeys = async (digest: Digest): Promise<Keys> =>
  await webcrypto.subtle.generateKey(algorithm(digest), true, ['sign', 'verify'])

/** A private key in PKCS #8, as PEM. */
export const privatePem = async ({ privateKey }: Keys): Promise<string> =>
  `-----BEGIN PRIVATE KEY-----\n${Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey))
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n')}-----END PRIVATE KEY-----\n`

/** A new authority with a name of its own: browsers keep authorities by name, and a second proxy is another one. */
export async function makeAuthority(digest: Digest): Promise<Authority> {
  const {
    X509CertificateGenerator,
    BasicConstraintsExtension,
    KeyUsagesExtension,
    KeyUsageFlags,
    SubjectKeyIdentifierExtension
  } = await loadX509()
  const keys = await makeKeys(digest)
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      ...VALID,
      serialNumber: newSerial(),
      name: [{ O: ['Retrograde'] }, { CN: [`Retrograde authority ${randomBytes(4).toString('hex')}`] }],
      signingAlgorithm: algorithm(digest),
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto)
      ]
    },
    webcrypto
  )
  return { certificate: `${certificate.toString('pem')}\n`, der: Buffer.from(certificate.rawData), keys }
}

/**
 * An authority from its two PEM blocks.
 * @throws Error when they are no certificate and no RSA key.
 */
export async function readAuthority(pem: string, digest: Digest): Promise<Authority> {
  const { PemConverter, X509Certificate } = await loadX509()
  const block = (pattern: RegExp): string => pattern.exec(pem)?.[0] ?? ''
  const certificate = new X509Certificate(block(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/))
  const privateKey = await webcrypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(block(/-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/)),
    algorithm(digest),
    true,
    ['sign']
  )
  const publicKey = await webcrypto.subtle.importKey('spki', certificate.publicKey.rawData, algorithm(digest), true, [
    'verify'
  ])
  return {
    certificate: `${certificate.toString('pem')}\n`,
    der: Buffer.from(certificate.rawData),
    keys: { privateKey, publicKey }
  }
}

/**
 * Makes a certificate for a host (a name, or an address without brackets), as PEM: CN for the oldest, SAN for all
 * others.
 */
export type MakeLeaf = (host: string) => Promise<string>

/** What is the same in the certificates of all hosts is read and written once: a third of the work (measured). */
export async function createLeafMaker(
  publicKey: webcrypto.CryptoKey,
  authority: Authority,
  digest: Digest
): Promise<MakeLeaf> {
  const {
    X509Certificate,
    X509CertificateGenerator,
    BasicConstraintsExtension,
    KeyUsagesExtension,
    KeyUsageFlags,
    ExtendedKeyUsageExtension,
    ExtendedKeyUsage,
    SubjectAlternativeNameExtension,
    AuthorityKeyIdentifierExtension
  } = await loadX509()
  const issuer = new X509Certificate(authority.certificate).subjectName
  const common = [
    new BasicConstraintsExtension(false),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth])
  ]
  const authorityKey = await AuthorityKeyIdentifierExtension.create(authority.keys.publicKey, false, webcrypto)
  return async host => {
    const leaf = await X509CertificateGenerator.create(
      {
        ...VALID,
        serialNumber: newSerial(),
        subject: host.length <= MOST_NAME ? [{ CN: [host] }] : [{ O: ['Retrograde'] }],
        issuer,
        signingAlgorithm: algorithm(digest),
        publicKey,
        signingKey: authority.keys.privateKey,
        extensions: [
          ...common,
          new SubjectAlternativeNameExtension([{ type: isIP(host) === 0 ? 'dns' : 'ip', value: host }]),
          authorityKey
        ]
      },
      webcrypto
    )
    return `${leaf.toString('pem')}\n`
  }
}
