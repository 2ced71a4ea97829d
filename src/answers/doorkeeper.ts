import type { Socket } from 'node:net'
import { Failure, type FailureCode } from '../failures.js'
import type { Doorkeeper } from '../front/entrance.js'
import { plainAddress } from '../guard/address.js'
import type { Connections } from '../guard/connections.js'
import { rawErrorAnswer } from './connect.js'
import type { Services } from '../request/visit-state.js'

/**
 * Judges connections by address, before a byte of them is read. The page for those who are refused is made once: a
 * stranger must not be able to have one converted for each connection.
 */
export function createDoorkeeper(
  services: Services,
  connections: Connections<Socket>,
  onRefused: (client: string) => void
): Doorkeeper {
  const pages = new Map<FailureCode, Buffer>()
  const addressOf = ({ remoteAddress }: Socket): string => plainAddress(remoteAddress)

  function pageFor(code: FailureCode): Buffer {
    const page = pages.get(code) ?? rawErrorAnswer(new Failure(code), '', '', services)
    pages.set(code, page)
    return page
  }

  return {
    peerOf: socket => ({ address: addressOf(socket), isKnown: connections.isWelcome(addressOf(socket)) }),
    refusal(socket) {
      const code = services.access.refuses(addressOf(socket))
      if (code === undefined) return undefined
      onRefused(addressOf(socket))
      return pageFor(code)
    },
    isHurried: socket => services.access.onlyWatches(addressOf(socket)),
    enter: socket => connections.enter(socket, addressOf(socket)),
    work: connections.work,
    leave: connections.leave
  }
}
