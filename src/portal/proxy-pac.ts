import type { PortalPage } from './page.js'
import type { Place } from './place.js'

interface PacServices {
  readonly place: Place
}

/**
 * The automatic proxy configuration of Netscape 2 and later, and of Internet Explorer 4 and later, which looks for it
 * at /wpad.dat by itself (5.0 asks for /wpad.da). Our own name has no dot in it and goes to the proxy all the same;
 * other such names are machines of the local network, from which the proxy fetches nothing.
 */
export const proxyPac: PortalPage<PacServices> = ({ portal }, { place }) => {
  const proxy = `PROXY ${place.proxyAddresses(portal)[0] ?? 'retrograde:8080'}`
  return {
    type: 'application/x-ns-proxy-autoconfig',
    body: `function FindProxyForURL(url, host) {
  if (host == "${place.name}") return "${proxy}";
  if (isPlainHostName(host) || host == "127.0.0.1") return "DIRECT";
  return "${proxy}";
}
`
  }
}
