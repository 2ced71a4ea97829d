import { readFileSync } from 'node:fs'

/** A command with its arguments. */
export type Command = ReadonlyArray<string | Buffer>

/** A connection to Valkey or Redis. Commands of one turn go out together, and are answered in their order. */
export interface StoreClient {
  /** @throws Refused when the server says no; any other error when the connection is of no use any more */
  send(command: Command): Promise<unknown>
  /** The bytes of a value as they are; undefined if there is none */
  bytes(command: Command): Promise<Buffer | undefined>
  /**
   * All of the commands together. The answer to one that the server says no to, as to what finds a value of another
   * type, is a Refused: the others are done. @throws Refused when none of them is done
   */
  all(commands: readonly Command[]): Promise<unknown[]>
  /** Called once when it has ended without being closed. */
  onEnd(ended: (error: Error) => void): void
  close(): void
}

/** The server has answered, and says no. */
export class Refused extends Error {}

export interface ClientOptions {
  /** redis://user:password@host:port/number, or rediss:// for TLS */
  readonly address: string
  /** File with the password, if it does not stand in the address */
  readonly passwordFile: string
  /** Time to connect, and for each answer. Milliseconds */
  readonly milliseconds: number
}

/** The place of a store without what is secret in its address. */
export function placeOfStore(address: string): string {
  const { host, pathname } = new URL(address)
  return `${host}${pathname}`
}

/**
 * Commands that wait for an answer: more of them come from a store that hangs, and each further one fails at once.
 */
const MOST_COMMANDS = 50_000

/**
 * Connects. The library is loaded here, because it takes a fifth of a second and 19 MB that nobody needs without a
 * shared store. It queues nothing while there is no connection, and makes no new one: the link does.
 * @throws Error when the store cannot be reached, or the file not read
 */
export async function openClient({ address, passwordFile, milliseconds }: ClientOptions): Promise<StoreClient> {
  const { createClient, ErrorReply, MultiErrorReply, RESP_TYPES } = await import('./redis.js')
  const password = passwordFile === '' ? undefined : readFileSync(passwordFile, 'utf8').trim()
  const client = createClient({
    url: address,
    ...(password === undefined ? {} : { password }),
    RESP: 2,
    disableOfflineQueue: true,
    disableClientInfo: true,
    commandsQueueMaxLength: MOST_COMMANDS,
    socket: { connectTimeout: milliseconds, reconnectStrategy: false }
  })
  let ended = (_error: Error): void => {}
  // Without a new connection of its own the library says no more than this when one is lost.
  client.on('error', (error: Error) => ended(error))
  await client.connect()
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw error instanceof ErrorReply ? new Refused(error.message) : error
    }
  }
  const asBytes = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } }
  return {
    send: command => told(client.sendCommand([...command])),
    async bytes(command) {
      const found = await told<unknown>(client.sendCommand([...command], asBytes))
      return Buffer.isBuffer(found) ? found : undefined
    },
    async all(commands) {
      const multi = client.multi()
      for (const command of commands) multi.addCommand([...command])
      return await told<unknown[]>(
        multi.exec().catch((error: unknown) => {
          if (error instanceof MultiErrorReply) return error.replies
          throw error
        })
      ).then(replies => replies.map(reply => (reply instanceof ErrorReply ? new Refused(reply.message) : reply)))
    },
    onEnd(told) {
      ended = told
      if (!client.isReady) told(new Error('the connection has ended'))
    },
    close: () => void (client.isOpen && client.destroy())
  }
}
