import type { Picture } from '../picture.js'

/** A pixel with a lower alpha is left out: GIF has only visible and invisible ones. */
const halfSeen = 128

/** A picture with a smaller share of pixels above that is faint everywhere: a grey logo, a watermark. */
const leastSeen = 0.01

/** The alpha from which a pixel is seen: half of what the picture has, if nearly all of it is faint. */
function limitOf(rgba: Uint8Array): number {
  let faint = 0
  let seen = 0
  let sum = 0
  for (let i = 3; i < rgba.length; i += 4) {
    const alpha = rgba[i] ?? 0
    if (alpha >= halfSeen) seen++
    else if (alpha > 0) {
      faint++
      sum += alpha
    }
  }
  return seen >= (faint + seen) * leastSeen ? halfSeen : Math.max(1, Math.ceil(sum / faint / 2))
}

function isOpaque(rgba: Uint8Array): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return false
  return true
}

/**
 * Makes every alpha 0 or 255. Faint pixels vanish (to black with alpha 0), the others are mixed with the page's
 * background, so that soft edges suit the page. With `seenAlpha` 0 all pixels are mixed.
 */
export function mask(picture: Picture, background: string, seenAlpha?: number): Picture {
  if (picture.rgb !== undefined || isOpaque(picture.rgba)) return picture
  const seen = seenAlpha ?? limitOf(picture.rgba)
  const [backRed, backGreen, backBlue] = parseColour(background)
  const rgba = picture.rgba.slice()
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3] ?? 0
    if (alpha === 255) continue
    if (alpha < seen) {
      rgba[i] = rgba[i + 1] = rgba[i + 2] = rgba[i + 3] = 0
      continue
    }
    rgba[i] = mix(rgba[i] ?? 0, backRed, alpha)
    rgba[i + 1] = mix(rgba[i + 1] ?? 0, backGreen, alpha)
    rgba[i + 2] = mix(rgba[i + 2] ?? 0, backBlue, alpha)
    rgba[i + 3] = 255
  }
  return { ...picture, rgba }
}

function mix(colour: number, back: number, alpha: number): number {
  return Math.round((colour * alpha + back * (255 - alpha)) / 255)
}

function parseColour(colour: string): [number, number, number] {
  const value = /^#[0-9a-f]{6}$/i.test(colour) ? Number.parseInt(colour.slice(1), 16) : 0xffffff
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** Whether some pixels of a masked picture are not drawn. */
export function hasHoles(masked: Picture): boolean {
  const { rgba } = masked
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] === 0) return true
  return false
}
