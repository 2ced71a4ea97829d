/** A script of a page, as far as it is written there. */
export interface Script {
  /** Its media type as the page has it, empty for a program */
  readonly type: string
  /** The address that it is fetched from; empty if it stands in the page */
  readonly address: string
  readonly id: string
  readonly text: string
}

interface Attribute {
  readonly name: string
  readonly value: string
}

/**
 * A SCRIPT element with this text. A slice of the page costs nothing; it is read where the page is blank without it.
 */
export function scriptOf(attrs: readonly Attribute[], text: string): Script {
  let [type, address, id] = ['', '', '']
  for (const { name, value } of attrs) {
    if (name === 'type') type = value
    else if (name === 'src') address = value
    else if (name === 'id') id = value
  }
  return { type, address, id, text }
}
