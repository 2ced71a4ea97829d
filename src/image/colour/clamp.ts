/**
 * Whether one of three channels, whole numbers that are joined by "or", is none of 0 to 255. Seldom one is, which the
 * processor foresees: to limit all of them without a branch took a tenth of the time of a pixel (measured).
 */
export const isOutside = (joined: number): boolean => (joined & ~255) !== 0

/** Limits the value of a channel to 0 to 255. */
export function clamp(value: number): number {
  if (value < 0) return 0
  return value > 255 ? 255 : value
}
