/** This proxy, as browsers find it. */
export interface Place {
  /** Of this proxy, as browsers that use it know it */
  readonly name: string
  /** As they are typed into a browser's proxy settings; first the one under which this client came */
  readonly proxyAddresses: (portal: string) => readonly string[]
}

/** @param proxyAddresses those that this machine knows of itself: in a container others lead to it */
export const createPlace = (name: string, proxyAddresses: () => readonly string[]): Place => ({
  name,
  proxyAddresses(portal) {
    const host = portal.slice('http://'.length)
    const all = proxyAddresses()
    return host === name ? all : [host, ...all.filter(address => address !== host)]
  }
})
