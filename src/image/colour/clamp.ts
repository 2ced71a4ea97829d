/** Limits the value of a channel to 0 to 255. */
export function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value
}
