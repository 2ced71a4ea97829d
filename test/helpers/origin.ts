import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import tls from 'node:tls'
import type { Test } from 'tap'

/** Certificates made for one run of the tests. */
export interface Certificates {
  /** File of the authority, for the setting extraCa */
  readonly authority: string
  readonly key: string
  readonly certificate: string
  /** For no name of ours, signed by nobody */
  readonly badKey: string
  readonly badCertificate: string
}

/** Names under which the origin answers by TLS; bad.test shows a certificate that nobody trusts. */
const SECURE_NAMES = [
  'site.test',
  'secure.test',
  'other.test',
  'www.site.test',
  'localhost',
  'html.duckduckgo.com',
  'wiby.me',
  'api.marginalia.nu',
  'en.wikipedia.org',
  'fr.wikipedia.org'
]

/** Makes an authority and certificates with openssl in a folder; undefined if there is no openssl. */
export function makeCertificates(folder: string): Certificates | undefined {
  const file = (name: string): string => join(folder, name)
  const run = (...args: string[]): boolean => spawnSync('openssl', args, { cwd: folder, stdio: 'ignore' }).status === 0
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  writeFileSync(file('names'), `subjectAltName=${SECURE_NAMES.map(name => `DNS:${name}`).join(',')},IP:127.0.0.1`)
  const made =
    run(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=Test authority',
      '-days',
      '30'
    ) &&
    run('req', ...newKey, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=site.test') &&
    run(
      'x509',
      '-req',
      '-in',
      'leaf.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      'leaf.pem',
      '-days',
      '30',
      '-extfile',
      'names'
    ) &&
    run('req', '-x509', ...newKey, '-keyout', 'bad.key', '-out', 'bad.pem', '-subj', '/CN=bad.test', '-days', '30')
  if (!made) return undefined
  const read = (name: string): string => readFileSync(file(name), 'utf8')
  return {
    authority: file('ca.pem'),
    key: read('leaf.key'),
    certificate: read('leaf.pem'),
    badKey: read('bad.key'),
    badCertificate: read('bad.pem')
  }
}

/** A request as the origin saw it. */
export interface SeenRequest {
  readonly scheme: 'http' | 'https'
  readonly method: string
  /** Absolute: the scheme, the Host field and the target */
  readonly address: string
  readonly headers: http.IncomingHttpHeaders
  /** Body bytes as they came, once they have all come */
  body: Buffer
  /** When the connection ended before the answer was complete */
  aborted: boolean
}

export interface Exchange {
  readonly request: IncomingMessage
  readonly answer: ServerResponse
  readonly seen: SeenRequest
}

/** What the origin does, once the head of a request is there. */
export type Handler = (exchange: Exchange) => void

export interface Origin {
  /** Of http, of absolute-form requests (as an upstream proxy), and of CONNECT */
  readonly port: number
  /** Of TLS without CONNECT; 0 if there are no certificates */
  readonly securePort: number
  readonly seen: SeenRequest[]
  /** The requests for one address. */
  asked(address: string): SeenRequest[]
  /**
   * What is answered at addresses such as http://site.test/path, without their query. Hosts speak TLS when they have
   * such an address.
   */
  on(address: string, handler: Handler): void
}

/** Answers with a body of a type. */
export const answers =
  (body: string | Buffer, type = 'text/html', headers: http.OutgoingHttpHeaders = {}, status = 200): Handler =>
  ({ answer }) => {
    answer.writeHead(status, {
      ...(type === '' ? {} : { 'content-type': type }),
      'content-length': Buffer.byteLength(body),
      ...headers
    })
    answer.end(body)
  }

/** Sends elsewhere. */
export const redirects = (location: string, status = 302): Handler => answers('', 'text/html', { location }, status)

/**
 * An origin for many made-up names: as the upstream proxy it is asked http://site.test/ in full and CONNECT
 * site.test:443, and answers both itself. What is not in its table is 404.
 */
export async function startOrigin(t: Test, certificates: Certificates | undefined): Promise<Origin> {
  const handlers = new Map<string, Handler>()
  const seen: SeenRequest[] = []
  const sockets = new Set<Socket>()
  function listener(scheme: 'http' | 'https') {
    return (request: IncomingMessage, answer: ServerResponse): void => {
      const target = request.url ?? ''
      const address = /^[a-z]+:\/\//i.test(target) ? target : `${scheme}://${request.headers.host ?? ''}${target}`
      const record: SeenRequest = {
        scheme,
        method: request.method ?? '',
        address,
        headers: request.headers,
        body: Buffer.alloc(0),
        aborted: false
      }
      seen.push(record)
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        record.body = Buffer.concat(chunks)
      })
      request.on('error', () => {})
      answer.on('close', () => {
        record.aborted = !answer.writableFinished
      })
      const handler = handlers.get(address.replace(/\?.*$/s, '')) ?? answers('<p>not here</p>', 'text/html', {}, 404)
      handler({ request, answer, seen: record })
    }
  }

  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }
  const plain = http.createServer(listener('http'))
  const secure =
    certificates === undefined
      ? undefined
      : https.createServer(
          {
            key: certificates.key,
            cert: certificates.certificate,
            SNICallback: (name, done) =>
              done(
                null,
                name === 'bad.test'
                  ? tls.createSecureContext({ key: certificates.badKey, cert: certificates.badCertificate })
                  : undefined
              )
          },
          listener('https')
        )
  plain.on('connection', keep)
  secure?.on('connection', keep)
  secure?.on('tlsClientError', () => {})
  plain.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => {})
    const speaksTls = [...handlers.keys()].some(address =>
      address.startsWith(`https://${(request.url ?? '').replace(/:443$/, '')}/`)
    )
    if (secure === undefined || !speaksTls) return void socket.end('HTTP/1.1 502 Refused\r\nContent-Length: 0\r\n\r\n')
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    secure.emit('connection', socket)
  })
  await new Promise<void>(resolve => plain.listen(0, '127.0.0.1', resolve))
  if (secure !== undefined) await new Promise<void>(resolve => secure.listen(0, '127.0.0.1', resolve))
  t.teardown(async () => {
    for (const socket of sockets) socket.destroy()
    for (const server of [plain, secure]) if (server !== undefined) await new Promise(resolve => server.close(resolve))
  })
  return {
    port: (plain.address() as AddressInfo).port,
    securePort: secure === undefined ? 0 : (secure.address() as AddressInfo).port,
    seen,
    asked: address => seen.filter(request => request.address === address),
    on: (address, handler) => void handlers.set(address, handler)
  }
}
