import { passwordOf } from '../headers/password.js'

/** The field with the name and password of a proxy's address, if it has them. */
export function proxyCredentials(proxy: URL): Record<string, string> {
  const password = passwordOf(proxy)
  return password === undefined ? {} : { 'proxy-authorization': password }
}
