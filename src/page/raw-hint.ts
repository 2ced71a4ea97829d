/** At the end of an address: the client wants these bytes as they are, not as a page. The origin never sees it. */
const HINT = /[?&]~raw$/

/** The address under which a document or file is sent byte for byte. */
export function addRawHint (address: string): string {
  const plain = address.replace(/#.*$/s, '').replace(HINT, '')
  return `${plain}${plain.includes('?') ? '&' : '?'}~raw`
}

/** Takes the hint from the end of an address: what the origin knows, and whether the hint was there. */
export function takeRawHint (address: string): { address: string, raw: boolean } {
  const plain = address.replace(HINT, '')
  return { address: plain, raw: plain !== address }
}
