import { networkInterfaces } from 'node:os'
import type { Config } from '../config/config.js'
import { hiddenClients, hiddenClientsNote } from '../guard/hidden-clients.js'

/** Whether clients can be told apart here; where they cannot, what that means with these settings. */
export function checkClients(config: Config): string {
  const own = Object.values(networkInterfaces())
    .flatMap(entries => entries ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
  return hiddenClientsNote(hiddenClients(own), config) ?? 'each comes with an address of its own'
}
