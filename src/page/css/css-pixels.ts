/** CSS pixels of a unit (CSS Values 4, 6.2); the text of the browsers that we do not know is taken to be 16 high. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  em: 16,
  rem: 16,
  ex: 8,
  ch: 8
}

/** A length of CSS in pixels; undefined for one that depends on what is around, such as a share. */
export function cssPixels(length: string): number | undefined {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d*)?|\.\d+)([a-z]*)\s*$/i.exec(length) ?? []
  const factor = UNITS[unit.toLowerCase()]
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}
