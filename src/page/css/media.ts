/** What a style sheet, or a part of one, is for. */
export interface Reach {
  readonly screen: boolean
  readonly print: boolean
}

/**
 * The window that pages of today are laid out for: a narrower one gets the layout for telephones, with menus behind a
 * button. Pixels.
 */
const WIDTH = 1024
const HEIGHT = 768
/** An em in media queries does not depend on the page. Pixels. */
const EM = 16

/**
 * Media features that hold for a machine with a screen, a mouse and no scripts. An unknown feature fails, and so does
 * its negation.
 */
const HOLDING =
  /^(orientation\s*:\s*landscape|prefers-color-scheme\s*:\s*light|prefers-reduced-motion\s*:\s*reduce|scripting\s*:\s*none|(any-)?hover(\s*:\s*hover)?|(any-)?pointer(\s*:\s*fine)?|color)$/
const FAILING =
  /^(orientation\s*:\s*portrait|prefers-color-scheme\s*:\s*dark|prefers-contrast\s*:.*|prefers-reduced-motion(\s*:.*)?|forced-colors\s*:.*|scripting\s*:.*|(any-)?hover\s*:\s*none|(any-)?pointer\s*:\s*(coarse|none)|monochrome)$/

const LENGTH = String.raw`([\d.]+)(px|em|rem)?`
const BOUND = new RegExp(String.raw`^(min|max)-(?:device-)?(width|height)\s*:\s*${LENGTH}$`)
const RANGE = new RegExp(String.raw`^(?:${LENGTH}\s*(<=?|>=?)\s*)?(width|height)(?:\s*(<=?|>=?)\s*${LENGTH})?$`)

const pixels = (number: string, unit: string | undefined): number =>
  Number(number) * (unit === 'em' || unit === 'rem' ? EM : 1)

function compare(left: number, sign: string, right: number): boolean {
  switch (sign) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    default:
      return left >= right
  }
}

const sizeOf = (name: string | undefined): number => (name === 'width' ? WIDTH : HEIGHT)

/** Whether one feature holds; undefined for a feature that is not known here. */
function holds(feature: string): boolean | undefined {
  const bound = BOUND.exec(feature)
  if (bound !== null) {
    const [, end, name, number = '', unit] = bound
    return compare(sizeOf(name), end === 'min' ? '>=' : '<=', pixels(number, unit))
  }
  const range = RANGE.exec(feature)
  if (range !== null) {
    const [, least = '', leastUnit, before, name, after, most = '', mostUnit] = range
    const size = sizeOf(name)
    return (
      (before === undefined || compare(pixels(least, leastUnit), before, size)) &&
      (after === undefined || compare(size, after, pixels(most, mostUnit)))
    )
  }
  return HOLDING.test(feature) ? true : FAILING.test(feature) ? false : undefined
}

/** Runs of white space are one space by then. */
const QUERY = /^(?:(not|only) )?(?:([a-z-]+)(?: and |$))?(.*)$/

function reachOfQuery(query: string): Reach {
  const [, prefix, type = 'all', features = ''] = QUERY.exec(query) ?? []
  const found =
    features === ''
      ? []
      : features
          .split(' and ')
          .map(feature => (/^\([^()]*\)$/.test(feature) ? holds(feature.slice(1, -1).trim()) : undefined))
  if (found.includes(undefined)) return { screen: false, print: false }
  const all = found.every(feature => feature)
  const reaches = (medium: string): boolean => ((type === 'all' || type === medium) && all) !== (prefix === 'not')
  return { screen: reaches('screen'), print: reaches('print') }
}

/** Whether a list of media queries matches the screen, and whether it matches paper. */
export function reachOf(queries: string): Reach {
  const list = queries
    .replace(/\/\*[^*]*\*\//g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
  if (list === '') return { screen: true, print: true }
  const reaches = list.split(',').map(query => reachOfQuery(query.trim()))
  return { screen: reaches.some(({ screen }) => screen), print: reaches.some(({ print }) => print) }
}
