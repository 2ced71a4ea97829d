/** Limits the value of a channel, a whole number, to 0 to 255; without a branch, which noise makes hard to foresee. */
export function clamp(value: number): number {
  return ((value & ~(value >> 31)) | ((255 - value) >> 31)) & 255
}
