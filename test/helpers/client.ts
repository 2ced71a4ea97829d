import net from 'node:net'

/** What came back over a socket. */
export interface Answer {
  readonly version: string
  readonly status: number
  readonly reason: string
  /** By lower-case name; fields that came twice are joined by a line feed */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** The body in Latin-1 */
  readonly text: string
  /** All that came, in Latin-1 */
  readonly raw: string
  readonly end: 'closed' | 'reset' | 'hung' | 'left'
  /** The socket that asked, as the proxy sees it */
  readonly localAddress: string
}

export interface AskOptions {
  readonly timeoutSeconds?: number
  /** Address of this machine to ask from: 127.0.0.2 is another client than 127.0.0.1 */
  readonly from?: string
  /** Hangs up when this has come. */
  readonly leaveAt?: RegExp
}

function parse(raw: Buffer, end: Answer['end'], localAddress: string): Answer {
  const text = raw.toString('latin1')
  const headEnd = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, Math.max(0, headEnd)).split('\r\n')
  const [, version = '', status = '0', reason = ''] = /^HTTP\/(\S+) (\d+) ?(.*)$/.exec(first) ?? []
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase()
    const value = line.slice(line.indexOf(':') + 1).trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]}\n${value}`
  }
  const body = headEnd < 0 ? raw : raw.subarray(headEnd + 4)
  return {
    version,
    status: Number(status),
    reason,
    headers,
    body,
    text: body.toString('latin1'),
    raw: text,
    end,
    localAddress
  }
}

/** Sends bytes and reads until the other side closes. */
export function ask(
  port: number,
  raw: string | Buffer,
  { timeoutSeconds = 60, from = '127.0.0.1', leaveAt }: AskOptions = {}
): Promise<Answer> {
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    let end: Answer['end'] = 'closed'
    let localAddress = ''
    const socket = net.connect({ port, host: '127.0.0.1', localAddress: from }, () => {
      localAddress = socket.localAddress ?? ''
      socket.write(typeof raw === 'string' ? Buffer.from(raw, 'latin1') : raw)
    })
    const timer = setTimeout(() => {
      end = 'hung'
      socket.destroy()
    }, timeoutSeconds * 1000)
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      if (leaveAt?.test(Buffer.concat(chunks).toString('latin1')) === true) {
        end = 'left'
        socket.destroy()
      }
    })
    socket.on('error', () => {
      end = 'reset'
    })
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(parse(Buffer.concat(chunks), end, localAddress))
    })
  })
}

/** Fields that browsers of the time send through a proxy. */
export const BROWSERS = {
  nav3: [
    'Proxy-Connection: Keep-Alive',
    'User-Agent: Mozilla/3.04 (Win95; I)',
    'Accept: image/gif, image/x-xbitmap, image/jpeg, image/pjpeg, */*'
  ],
  mosaic: [
    'User-Agent: NCSA_Mosaic/2.7b5 (X11;SunOS 5.4 sun4m)  libwww/2.12 modified',
    'Extension: Notify-Domain-Restriction'
  ],
  html4: [
    'User-Agent: Mozilla/4.08 [en] (Win98; I)',
    'Accept: image/gif, image/x-xbitmap, image/jpeg, image/pjpeg, image/png, */*'
  ],
  text: ['User-Agent: Lynx/2.8.4rel.1 libwww-FM/2.14'],
  tiny: ['User-Agent: Contiki/1.0 (Commodore 64; http://dunkels.com/adam/contiki/)'],
  unknown: []
} as const satisfies Record<string, readonly string[]>

export type Browser = keyof typeof BROWSERS

export interface GetOptions extends AskOptions {
  readonly browser?: Browser
  readonly method?: string
  readonly headers?: readonly string[]
  readonly body?: string | Buffer
  readonly version?: '1.0' | '1.1'
}

/** One request as an old browser sends it to its proxy. Its connection is closed after it. */
export function get(
  port: number,
  address: string,
  { browser = 'mosaic', method = 'GET', headers = [], body, version = '1.0', ...options }: GetOptions = {}
): Promise<Answer> {
  const fields = [...BROWSERS[browser].filter(field => !field.startsWith('Proxy-Connection')), ...headers]
  if (body !== undefined && !headers.some(field => /^content-length/i.test(field)))
    fields.push(`Content-Length: ${Buffer.byteLength(body)}`)
  if (version === '1.1') fields.push('Connection: close')
  const head = Buffer.from(
    `${method} ${address} HTTP/${version}\r\n${fields.map(field => `${field}\r\n`).join('')}\r\n`,
    'latin1'
  )
  return ask(port, Buffer.concat([head, Buffer.from(body ?? '')]), options)
}
