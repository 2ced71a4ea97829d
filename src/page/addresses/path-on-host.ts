/**
 * Writes addresses on one host as their paths, which every browser completes with the address of the page. What would be
 * read as another host (//path) stays as it is, and so does all if no host is given.
 */
export function createPaths(host: string | undefined): (address: string) => string {
  if (host === undefined) return address => address
  const start = `http://${host}/`
  return address =>
    address.startsWith(start) && address[start.length] !== '/' ? address.slice(start.length - 1) : address
}
