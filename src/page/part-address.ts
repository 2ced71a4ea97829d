/** Which part of a page is asked for. */
export interface PartHint {
  /** From 1 */
  readonly number: number
  /** Of a page that came as the answer to a form: names this one answer */
  readonly answer?: string
}

/** A browser may write ~ as %7E. */
const HINT = /[?&](?:~|%7e)part=(\d{1,5})(?:-([0-9a-z]{10}))?$/i

/** The address of a part: that of the page with ?~part=2 or &~part=2 at its end, which the origin never sees. */
export function addPart (address: string, { number, answer }: PartHint): string {
  const plain = address.replace(HINT, '').replace(/#.*$/s, '')
  return `${plain}${plain.includes('?') ? '&' : '?'}~part=${number}${answer === undefined ? '' : `-${answer}`}`
}

/** Takes the part from the end of an address: what the origin knows, and the part if one is named. */
export function takePart (address: string): { address: string, part: PartHint | undefined } {
  const match = HINT.exec(address)
  if (match === null) return { address, part: undefined }
  const number = Math.max(1, Number(match[1]))
  return { address: address.slice(0, match.index), part: match[2] === undefined ? { number } : { number, answer: match[2].toLowerCase() } }
}
