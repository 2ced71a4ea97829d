/** The aspects of a style that can be shown without a style sheet. */
export type Aspect =
  | 'display'
  | 'flow'
  | 'float'
  | 'axis'
  | 'visibility'
  | 'offscreen'
  | 'faint'
  | 'wide'
  | 'high'
  | 'bold'
  | 'italic'
  | 'line'
  | 'upper'
  | 'align'
  | 'space'
  | 'marker'

/** One aspect, with `yes`, `no` or a keyword. */
export interface Declaration {
  readonly aspect: Aspect
  readonly value: string
  readonly important: boolean
}

/** A declaration as the sheet has it: the property in lower case, the value unchanged. */
export interface Written {
  readonly property: string
  readonly value: string
  readonly important: boolean
}

const yes = (fact: boolean): string => (fact ? 'yes' : 'no')

/** 600 and more is bold in every family that has no more than two weights. */
const BOLD = /(^|\s)(bold|bolder|[6-9]\d\d|1000)(\s|$)/
const ITALIC = /(^|\s)(italic|oblique)(\s|$)/
/** These values depend on other rules: the element is taken to be what it would be without the declaration. */
const UNKNOWN = /^(inherit|unset|revert|revert-layer|initial)$|var\(/

/** Reads text-decoration. The dotted lines under abbreviations are no underline. */
function lineOf(value: string): string {
  if (/line-through/.test(value)) return 'strike'
  return /underline/.test(value) && !/dotted|dashed|wavy/.test(value) ? 'underline' : 'none'
}

function spaceOf(value: string): string {
  if (/^(pre|preserve nowrap)$/.test(value)) return 'pre'
  return /^(pre-wrap|pre-line|break-spaces|preserve|preserve-breaks)$/.test(value) ? 'lines' : 'normal'
}

type Said = ReadonlyArray<readonly [Aspect, string]>

/** Reads display: whether an element is shown, whether it stands in a line, and whether its children do. */
function displayOf(value: string): Said {
  if (value === 'none') return [['display', 'none']]
  const shown: Said = [['display', 'shown']]
  if (UNKNOWN.test(value)) return shown
  const flow = /flex/.test(value) ? 'flex' : /^(inline|table-cell)/.test(value) ? 'inline' : 'block'
  return [...shown, ['flow', flow]]
}

/** THE LIST: the properties that mean something. */
const PROPERTIES: Readonly<Record<string, (value: string) => Said>> = {
  display: displayOf,
  float: value => [['float', yes(/^(left|right|inline-start|inline-end)$/.test(value))]],
  'flex-direction': value => [['axis', /column/.test(value) ? 'column' : 'row']],
  'flex-flow': value => [['axis', /column/.test(value) ? 'column' : 'row']],
  visibility: value => [['visibility', value === 'hidden' || value === 'collapse' ? 'hidden' : 'visible']],
  opacity: value => [['faint', yes(Number.parseFloat(value) === 0)]],
  'font-weight': value => [['bold', yes(BOLD.test(value))]],
  'font-style': value => [['italic', yes(ITALIC.test(value))]],
  // Only the part before the slash and the family counts: a family may be called "Bold".
  font: value => [
    ['bold', yes(BOLD.test(value.slice(0, value.search(/\/|\d(px|em|rem|pt|%)|$/))))],
    ['italic', yes(ITALIC.test(value))]
  ],
  'text-decoration': value => [['line', lineOf(value)]],
  'text-decoration-line': value => [['line', lineOf(value)]],
  'text-transform': value => [['upper', yes(value === 'uppercase')]],
  'text-align': value => [['align', /^(-\w+-)?center$/.test(value) ? 'center' : 'other']],
  'white-space': value => [['space', spaceOf(value)]],
  'list-style': value => [['marker', yes(!/(^|\s)none(\s|$)/.test(value))]],
  'list-style-type': value => [['marker', yes(value !== 'none')]]
}

/** Properties that together move an element out of sight while screen readers still find it. */
const PLACING = new Set(['position', 'clip', 'clip-path', 'width', 'height', 'left', 'top'])

/** Whether a property has any effect here. */
export const isMeaningful = (property: string): boolean => Object.hasOwn(PROPERTIES, property) || PLACING.has(property)

const ONE_PIXEL = /^[01](px)?$/
const FAR_AWAY = /^-\d{3,}(\.\d+)?(px|em|rem)$|^-[1-9]\d{2,}v[wh]$/

/** An element is offscreen if it is positioned, and clipped to nothing, one pixel large or far to the left. */
function offscreenOf(placing: ReadonlyMap<string, string>): string | undefined {
  const position = placing.get('position')
  if (position === 'static' || position === 'relative') return 'no'
  if (position !== 'absolute' && position !== 'fixed') return undefined
  const has = (property: string, pattern: RegExp): boolean => pattern.test(placing.get(property) ?? '')
  const cut = has('clip', /^rect\(\s*([01](px)?[\s,]+){3}[01](px)?\s*\)$/) || has('clip-path', /^inset\(\s*(50|100)%/)
  return yes(
    cut || (has('width', ONE_PIXEL) && has('height', ONE_PIXEL)) || has('left', FAR_AWAY) || has('top', FAR_AWAY)
  )
}

const SIDES = [
  ['width', 'wide'],
  ['height', 'high']
] as const

/** Reads the declarations of one rule or of one style attribute. */
export function readDeclarations(written: readonly Written[]): Declaration[] {
  const said: Declaration[] = []
  const placing = new Map<string, string>()
  let important = false
  for (const declaration of written) {
    const { property } = declaration
    const value = declaration.value.trim().toLowerCase()
    const meanings = Object.hasOwn(PROPERTIES, property) ? PROPERTIES[property] : undefined
    if (PLACING.has(property)) {
      placing.set(property, value)
      important ||= declaration.important
    } else if (meanings !== undefined && !(UNKNOWN.test(value) && property !== 'display')) {
      for (const [aspect, meaning] of meanings(value))
        said.push({ aspect, value: meaning, important: declaration.important })
    }
  }
  const offscreen = placing.size === 0 ? undefined : offscreenOf(placing)
  for (const [property, aspect] of SIDES) {
    const length = placing.get(property)
    if (length !== undefined) said.push({ aspect, value: length, important })
  }
  if (offscreen !== undefined) said.push({ aspect: 'offscreen', value: offscreen, important })
  return said
}

/**
 * Reads a style attribute. It may be split at each semicolon: no value that is read here has one in quotes or brackets.
 */
export function readStyleAttribute(style: string): Declaration[] {
  const written: Written[] = []
  for (const part of style.split(';')) {
    const colon = part.indexOf(':')
    const property = part.slice(0, Math.max(0, colon)).trim().toLowerCase()
    if (!isMeaningful(property)) continue
    const value = part.slice(colon + 1)
    const bare = value.replace(/!\s*important\s*$/i, '')
    written.push({ property, value: bare, important: bare !== value })
  }
  return readDeclarations(written)
}
