import names from 'color-name'

/** A colour as all browsers read it: #rrggbb. */
export type Colour = string

const NAMES: Readonly<Record<string, readonly number[] | undefined>> = names

const hex = (channel: number): string => channel.toString(16).padStart(2, '0')

/** Longer values are no colour that anybody meant. Characters. */
const MOST_CHARACTERS = 128

/** Three digits are doubled, other numbers of them shared out (HTML, "rules for parsing a legacy colour value"). */
function digitsOf(value: string): string {
  const digits = value.replace(/^#/, '')
  if (/^#[0-9a-f]{3}$/i.test(value)) return digits.replace(/./g, '$&$&')
  const third = Math.max(1, Math.ceil(digits.length / 3))
  const channels = [0, 1, 2].map(at =>
    digits
      .padEnd(third * 3, '0')
      .slice(at * third, (at + 1) * third)
      .slice(-8)
  )
  const [red = '', green = '', blue = ''] = channels
  const idle = Math.min(...channels.map(channel => /^0*/.exec(channel)?.[0].length ?? 0), Math.max(0, third - 2))
  return [red, green, blue].map(channel => channel.slice(idle, idle + 2).padStart(2, '0')).join('')
}

/**
 * The colour that a value of old HTML means, with six digits: a name, three digits, digits without their sign, all are
 * colours to browsers; undefined for nothing and for words that name none, which each of them reads as another colour.
 */
export function colourOf(value: string | undefined): Colour | undefined {
  const text = (value ?? '').trim()
  if (/^#[0-9a-f]{6}$/i.test(text)) return text
  if (text === '' || text.length > MOST_CHARACTERS) return undefined
  const named = Object.hasOwn(NAMES, text.toLowerCase()) ? NAMES[text.toLowerCase()] : undefined
  if (named !== undefined) return `#${named.map(hex).join('')}`.toUpperCase()
  return /^#?[0-9a-f]+$/i.test(text) ? `#${digitsOf(text)}` : undefined
}

/** The relative luminance of a colour (WCAG 2.2). 0 to 1 */
function luminance(colour: Colour): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/** How much two colours differ for the eye, as WCAG 2.2 counts it: 1 is not at all, 21 is black on white. */
export function contrast(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}
