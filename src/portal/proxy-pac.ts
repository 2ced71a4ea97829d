import type { PortalPage } from './page.js'
import type { Place } from './place.js'

interface PacServices {
  readonly place: Place
}

/**
 * The automatic proxy configuration of Netscape 2 and later, and of Internet Explorer 4 and later, which looks for it
 * at /wpad.dat by itself (5.0 asks for /wpad.da). Our own name has no dot in it and goes to the proxy all the same;
 * other such names, and private addresses (RFC 1918, link-local), are machines of the local network, from which the
 * proxy fetches nothing but what its settings open. Netscape 2 has no regular expressions, and looks up each name that
 * isInNet is asked about; only an address ends in a digit.
 */
export const proxyPac: PortalPage<PacServices> = ({ portal }, { place }) => {
  const near = place.nearHosts().filter(host => /^[\w.:-]+$/.test(host))
  const proxy = `PROXY ${place.proxyAddresses(portal)[0] ?? 'retrograde:8080'}`
  return {
    type: 'application/x-ns-proxy-autoconfig',
    body: `function FindProxyForURL(url, host) {
  if (${[place.name, ...near].map(host => `host == "${host}"`).join(' || ')}) return "${proxy}";
  if (isPlainHostName(host)) return "DIRECT";
  var last = host.charAt(host.length - 1);
  if (last >= "0" && last <= "9") {
    if (host.substring(0, 3) == "10." || host.substring(0, 4) == "127.") return "DIRECT";
    if (host.substring(0, 8) == "192.168." || host.substring(0, 8) == "169.254.") return "DIRECT";
    if (host.substring(0, 4) == "172." && host.charAt(6) == "." && host.substring(4, 6) >= "16" && host.substring(4, 6) <= "31") return "DIRECT";
  }
  return "${proxy}";
}
`
  }
}
