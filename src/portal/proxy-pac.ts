import type { PortalPage } from './page.js'

/** The automatic proxy configuration of Netscape 2 and later. */
export const proxyPac: PortalPage = ({ proxyAddresses }) => ({
  type: 'application/x-ns-proxy-autoconfig',
  body: `function FindProxyForURL(url, host) {\n  return "PROXY ${proxyAddresses[0] ?? 'retrograde:8080'}";\n}\n`
})
