import { addHints, type AddressHints } from './address-hints.js'

/** The part of a page that a client asks for. */
export interface PartHint {
  /** The first part is 1 */
  readonly number: number
  /** Identifies the answer to a form, if the page is one */
  readonly formKey?: string
}

/** Adds a part to the address of its page: ~part=2, or ~part=2-k3h09g4xt1 for a part of the answer to a form. */
export function addPart(address: string, { number, formKey }: PartHint): string {
  return addHints(address.replace(/#.*/s, ''), { part: `${number}${formKey === undefined ? '' : `-${formKey}`}` })
}

/** The part that an address names, if it names one. */
export function partIn({ part }: AddressHints): PartHint | undefined {
  const [number, formKey] = part?.split('-') ?? []
  if (number === undefined) return undefined
  return { number: Math.max(1, Number(number)), ...(formKey === undefined ? {} : { formKey: formKey.toLowerCase() }) }
}
