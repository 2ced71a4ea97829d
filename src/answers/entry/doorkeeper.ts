import type { Socket } from 'node:net'
import { Failure, type FailureCode } from '../../failures.js'
import type { Doorkeeper } from '../../front/entrance.js'
import { plainAddress } from '../../guard/address.js'
import type { Connections } from '../../guard/connections.js'
import type { Services } from '../../request/services.js'
import { rawFailureAnswer } from '../raw-failure.js'

export interface DoorkeeperOptions {
  readonly services: () => Pick<Services, 'guard' | 'clients' | 'writing'>
  readonly connections: Connections<Socket>
  /** Called with each client that is refused */
  readonly onRefused: (client: string) => void
}

/**
 * Decides about connections by address, before a byte of them is read. The page for refused clients is made only once,
 * so that a stranger cannot have one converted for each connection.
 */
export function createDoorkeeper({ services, connections, onRefused }: DoorkeeperOptions): Doorkeeper {
  const pages = new Map<FailureCode, Buffer>()
  const addressOf = ({ remoteAddress }: Socket): string => plainAddress(remoteAddress)

  function pageFor(code: FailureCode): Buffer {
    const page =
      pages.get(code) ?? rawFailureAnswer({ failure: new Failure(code), address: '', id: '', headers: {} }, services())
    pages.set(code, page)
    return page
  }

  return {
    peerOf: socket => ({ address: addressOf(socket), isKnown: connections.isWelcome(addressOf(socket)) }),
    refusal(socket) {
      const code = services().guard.access.refuses(addressOf(socket))
      if (code === undefined) return undefined
      onRefused(addressOf(socket))
      return pageFor(code)
    },
    isHurried: socket => services().guard.access.onlyWatches(addressOf(socket)),
    enter: socket => connections.enter(socket, addressOf(socket)),
    work: connections.work,
    leave: connections.leave
  }
}
