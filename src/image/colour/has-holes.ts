import type { Picture } from '../picture.js'

/** Whether some pixels of a masked picture are not drawn. */
export function hasHoles(masked: Picture): boolean {
  const { rgba } = masked
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] === 0) return true
  return false
}
