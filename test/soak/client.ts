import net from 'node:net'

/** What came back of one request. */
export interface Reply {
  readonly status: number
  readonly head: string
  readonly body: string
  readonly end: 'whole' | 'cut' | 'none' | 'hung'
}

/** Longer than all limits of the proxy in a soak. Milliseconds. */
const PATIENCE = 60_000

const BROWSERS = [
  'Mozilla/3.04 (Win95; I)',
  'NCSA_Mosaic/2.7b5 (X11;SunOS 5.4 sun4m)  libwww/2.12 modified',
  'Mozilla/4.08 [en] (Win98; I)',
  'Lynx/2.8.4rel.1 libwww-FM/2.14',
  'Mozilla/1.1N (Macintosh; I; 68K)',
  'Contiki/1.0 (Commodore 64; http://dunkels.com/adam/contiki/)',
  'Mozilla/4.0 (compatible; MSIE 4.01; Windows 95)'
]

/**
 * The length that the head of an answer says; undefined before the head is whole, or if it says none. Bytes, head
 * included.
 */
function lengthOf(received: Buffer): number | undefined {
  const end = received.indexOf('\r\n\r\n')
  const length = end < 0 ? undefined : /\r\ncontent-length: *(\d+)/i.exec(received.toString('latin1', 0, end))?.[1]
  return length === undefined ? undefined : end + 4 + Number(length)
}

const browserOf = (client: number): string => BROWSERS[client % BROWSERS.length]!

/** Requests of one browser of HTTP/1.0, which keeps its connection or not, one after the other. */
export class SoakClient {
  readonly #port: number
  readonly #agent: string
  readonly #keeps: boolean
  /** Of this machine, another for each: the proxy knows clients by their addresses */
  readonly #address: string
  #socket: net.Socket | undefined

  constructor(port: number, client: number) {
    this.#port = port
    this.#agent = browserOf(client)
    this.#keeps = client % 2 === 0
    this.#address = `127.0.1.${1 + (client % 254)}`
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  /** Asks for an address; leaves in the middle of the answer if it is told to. */
  async ask(
    address: string,
    { leaves = false, fields = [] }: { leaves?: boolean; fields?: readonly string[] } = {}
  ): Promise<Reply> {
    const kept = this.#socket !== undefined && !this.#socket.destroyed && this.#socket.readyState === 'open'
    const socket = kept
      ? this.#socket!
      : net.connect({ port: this.#port, host: '127.0.0.1', localAddress: this.#address })
    this.#socket = undefined
    const lines = [
      `GET ${address} HTTP/1.0`,
      `User-Agent: ${this.#agent}`,
      ...(this.#keeps ? ['Proxy-Connection: Keep-Alive'] : []),
      ...fields
    ]
    return await new Promise(resolve => {
      let received: Buffer = Buffer.alloc(0)
      const done = (end: Reply['end'], keep: boolean): void => {
        clearTimeout(timer)
        socket.removeAllListeners().on('error', () => {})
        if (keep) this.#socket = socket.on('close', () => {})
        else socket.destroy()
        const head = received.toString('latin1', 0, Math.max(0, received.indexOf('\r\n\r\n')))
        resolve({
          status: Number(/^HTTP\/1\.\d (\d{3})/.exec(head)?.[1] ?? 0),
          head,
          body: received.toString('latin1', head.length + 4),
          end
        })
      }
      const timer = setTimeout(() => done('hung', false), PATIENCE)
      socket.on('data', (chunk: Buffer) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
        if (leaves) return done('cut', false)
        const length = lengthOf(received)
        if (length !== undefined && received.length >= length)
          done('whole', this.#keeps && /keep-alive/i.test(received.toString('latin1', 0, received.indexOf('\r\n\r\n'))))
      })
      socket.on('close', () => {
        // A kept connection may be closed by the other side just then: browsers ask again on a new one.
        if (received.length === 0 && kept)
          return void this.ask(address, { leaves, fields }).then(reply => {
            clearTimeout(timer)
            resolve(reply)
          })
        const isWhole = lengthOf(received) === undefined && received.includes('\r\n\r\n')
        done(received.length === 0 ? 'none' : isWhole ? 'whole' : 'cut', false)
      })
      socket.on('error', () => {})
      socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
    })
  }
}
