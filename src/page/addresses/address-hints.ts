import { formatNames } from '../../image/formats.js'
import { takeSizeHint, type SizeHint } from './size-hint.js'

/** Values that a hint may have: these, or those of a form. */
type Values = readonly string[] | RegExp

/**
 * THE LIST: what the end of an address may say to this proxy for one visit, as ?~name=value or &~name=value, and which
 * values there are.
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
/** Further ones stay in the address. */
const MOST_HINTS = 8

function takeOne(address: string): { address: string; hints: AddressHints } | undefined {
  const { address: rest, size } = takeSizeHint(address)
  if (size !== undefined) return { address: rest, hints: { size } }
  const [whole, name, value] = SWITCH.exec(address) ?? []
  if (whole === undefined || !Object.hasOwn(SWITCHES, name!)) return undefined
  const values: Values = SWITCHES[name as SwitchName]
  if (!(values instanceof RegExp ? values.test(value!) : values.includes(value!))) return undefined
  return { address: address.slice(0, -whole.length), hints: { [name!]: value } }
}

/**
 * Takes the hints from the end of an address: what the origin knows, and what is meant for this proxy. The last of two
 * wins.
 */
export function takeHints(address: string): { address: string; hints: AddressHints } {
  let rest = address
  let hints: AddressHints = {}
  if (!/~|%7e/i.test(address)) return { address, hints }
  for (let count = 0; count < MOST_HINTS; count++) {
    const taken = takeOne(rest)
    if (taken === undefined) break
    rest = taken.address
    hints = { ...taken.hints, ...hints }
  }
  return { address: rest, hints }
}

/** The address with hints at its end, before a fragment; those of the same name are replaced. The size stands last. */
export function addHints(address: string, hints: AddressHints): string {
  const [, before = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(address) ?? []
  const taken = takeHints(before)
  const { size, ...switches } = { ...taken.hints, ...hints }
  const written = [
    ...Object.entries(switches).map(([name, value]) => `~${name}=${value}`),
    ...(size === undefined ? [] : [`~${size.width}x${size.height}`])
  ].join('&')
  return written === '' ? address : `${taken.address}${taken.address.includes('?') ? '&' : '?'}${written}${fragment}`
}

/** Those that the images of a page must have too, so that they come as the page does. */
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
