import { addHints, type AddressHints } from './address-hints.js'

/** Which part of a page is asked for. */
export interface PartHint {
  /** From 1 */
  readonly number: number
  /** Of a page that came as the answer to a form: names this one answer */
  readonly formKey?: string
}

/**
 * The address of a part: that of the page with ~part=2 at its end, or ~part=2-k3h09g4xt1 for a part of the answer to a
 * form.
 */
export function addPart(address: string, { number, formKey }: PartHint): string {
  return addHints(address.replace(/#.*/s, ''), { part: `${number}${formKey === undefined ? '' : `-${formKey}`}` })
}

/** The part that an address names, if it names one. */
export function partIn({ part }: AddressHints): PartHint | undefined {
  const [number, formKey] = part?.split('-') ?? []
  if (number === undefined) return undefined
  return { number: Math.max(1, Number(number)), ...(formKey === undefined ? {} : { formKey: formKey.toLowerCase() }) }
}
