import { Client, type Dispatcher } from 'undici'
import { Failure } from '../../failures.js'
import type { GuardedConnector } from '../../guard/connect.js'
import type { NameAsker } from '../../guard/look-ups.js'

/** For whom a connection is opened. */
export interface ConnectionAsker extends NameAsker {
  /** It has been: none that was kept is used */
  isOpened?: boolean
}

/** A request and its client, in a field that undici passes on without knowing it. */
export interface AskedOptions extends Dispatcher.RequestOptions {
  /** Who waits for the connection, and until when; nobody if a proxy is asked to open a tunnel */
  readonly asker?: ConnectionAsker
}

type Options = Client.Options & { readonly connect: GuardedConnector }

/**
 * A client of undici that opens a single connection for each request, whatever becomes of it. undici (7.30,
 * lib/dispatcher/client.js, onError) takes UND_ERR_SOCKET while connecting for a passing error and connects again at
 * once: 80,000 times in 30 s where an upstream proxy hangs up on CONNECT. A pool gives a client one request at a time.
 */
export function createOneConnectClient(origin: URL, options: object): Dispatcher {
  const { connect } = options as Options
  let left = 0
  let asker: ConnectionAsker | undefined
  const client = new Client(origin, {
    ...options,
    connect(given, callback) {
      if (asker !== undefined) asker.isOpened = true
      if (left-- > 0) connect({ ...given, asker }, callback)
      else callback(new Failure('CONNECTION_LOST', 'one connection for each request'), null)
    }
  })
  const dispatch = client.dispatch.bind(client)
  return Object.assign(client, {
    dispatch(given: AskedOptions, handler: Dispatcher.DispatchHandler) {
      left = 1
      asker = given.asker
      return dispatch(given, handler)
    }
  })
}
