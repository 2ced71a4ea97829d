import { formatNames } from '../../image/formats.js'
import { takeMapHint } from './map-hint.js'
import { takeSizeHint, withSizeHint, type SizeHint } from './size-hint.js'

/** Values that a hint may have: these, or those of a form. */
type Values = readonly string[] | RegExp

/**
 * THE LIST of hints: what the end of an address may ask of this proxy for one visit, written as ?~name=value or
 * &~name=value, with the values that each one takes.
 */
const SWITCHES = {
  profile: /^[\w-]{1,40}$/,
  display: /^[\w-]{1,40}$/,
  images: /^[\w-]{1,40}$/,
  view: ['page', 'reader', 'raw'],
  site: ['off'],
  zoom: /^[1248]$/,
  as: formatNames,
  part: /^\d{1,5}(-[0-9a-z]{10})?$/i
} as const satisfies Record<string, Values>

type SwitchName = keyof typeof SWITCHES

/** What stood at the end of an address; the origin never sees it. Values are not checked against the rules yet. */
export type AddressHints = { readonly [N in SwitchName]?: ValueOf<(typeof SWITCHES)[N]> } & { readonly size?: SizeHint }

type ValueOf<V extends Values> = V extends readonly string[] ? V[number] : string

/** A browser may write ~ as %7E. */
const SWITCH = /[?&](?:~|%7e)([a-z]+)=([\w-]*)$/i
/** Hints beyond this number stay in the address. */
const MOST_HINTS = 8

const isSwitch = (name: string): name is SwitchName => Object.hasOwn(SWITCHES, name)

function takeOne(address: string): { address: string; hints: AddressHints } | undefined {
  const { address: rest, size } = takeSizeHint(address)
  if (size !== undefined) return { address: rest, hints: { size } }
  const [whole, name = '', value = ''] = SWITCH.exec(address) ?? []
  if (whole === undefined || !isSwitch(name)) return undefined
  const values: Values = SWITCHES[name]
  if (!(values instanceof RegExp ? values.test(value) : values.includes(value))) return undefined
  return { address: address.slice(0, -whole.length), hints: { [name]: value } }
}

/**
 * Splits an address into what the origin knows and the hints for this proxy. If a hint is given twice, the last one
 * counts.
 */
export function takeHints(address: string): { address: string; hints: AddressHints } {
  let hints: AddressHints = {}
  if (!/~|%7e/i.test(address)) return { address, hints }
  let rest = takeMapHint(address)
  for (let count = 0; count < MOST_HINTS; count++) {
    const taken = takeOne(rest)
    if (taken === undefined) break
    rest = taken.address
    hints = { ...taken.hints, ...hints }
  }
  return { address: rest, hints }
}

/** Adds hints to an address, before its fragment. They replace hints of the same name, and the size comes last. */
export function addHints(address: string, hints: AddressHints): string {
  const [, before = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(address) ?? []
  const taken = takeHints(before)
  const { size, ...switches } = { ...taken.hints, ...hints }
  const written = [...Object.entries(switches).map(([name, value]) => `~${name}=${value}`)].join('&')
  const switched =
    written === '' ? taken.address : `${taken.address}${taken.address.includes('?') ? '&' : '?'}${written}`
  if (size !== undefined) return `${withSizeHint(switched, size)}${fragment}`
  return written === '' ? address : `${switched}${fragment}`
}

/** The hints that the images of a page need too, so that they come in the same profile as the page. */
export function hintsForImages({ profile, display, images }: AddressHints): AddressHints {
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(display === undefined ? {} : { display }),
    ...(images === undefined ? {} : { images })
  }
}

/** The address under which a document or file is sent byte for byte. */
export function rawAddress(address: string): string {
  return addHints(address.replace(/#.*/s, ''), { view: 'raw' })
}
