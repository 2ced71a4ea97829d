import type { LongForm } from '../write/open-element.js'
import type { PlacesOptions } from './cut-place.js'

/**
 * The share of a part's room for hidden fields, which every part of a form repeats; if they take more, they are sent
 * once.
 */
const MOST_HIDDEN = 0.25
const CONTROL = /<(?:INPUT|SELECT|TEXTAREA)\b[^>]*>?/g

/**
 * Describes a form that is cut, from its text, which begins at `at`; and the bytes of the fields that each part
 * repeats.
 */
export function longFormOf(
  text: string,
  at: number,
  { bytes, room }: Pick<PlacesOptions, 'bytes' | 'room'>
): { readonly form: LongForm; readonly weight: number } {
  const controls = [...text.matchAll(CONTROL)].map(({ 0: tag, index }) => ({ tag, at: at + index }))
  const isHidden = ({ tag }: { readonly tag: string }): boolean => / TYPE="?hidden"?[ >]/i.test(tag)
  const shown = controls.filter(control => !isHidden(control))
  const all = controls.filter(isHidden)
  const weight = all.reduce((sum, { tag }) => sum + bytes(tag), 0)
  const [hidden, sent] = weight > room * MOST_HIDDEN ? [[], 0] : [all, weight]
  return { form: { hidden, first: shown[0]?.at ?? Infinity, last: shown.at(-1)?.at ?? -Infinity }, weight: sent }
}
