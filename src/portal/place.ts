/** How browsers find this proxy. */
export interface Place {
  /** Its name for browsers that use it as their proxy */
  readonly name: string
  /** host:port as typed into a browser's proxy settings; first the one by which this client came */
  readonly proxyAddresses: (portal: string) => readonly string[]
  /** Machines of the local network that it fetches from */
  readonly nearHosts: () => readonly string[]
}

export interface PlaceOptions extends Pick<Place, 'name' | 'nearHosts'> {
  /** Those that this machine knows about itself: in a container, others lead to it */
  readonly proxyAddresses: () => readonly string[]
}

export const createPlace = ({ name, nearHosts, proxyAddresses }: PlaceOptions): Place => ({
  name,
  nearHosts,
  proxyAddresses(portal) {
    const host = portal.slice('http://'.length)
    const all = proxyAddresses()
    return host === name ? all : [host, ...all.filter(address => address !== host)]
  }
})
