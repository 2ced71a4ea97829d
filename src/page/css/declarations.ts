/** What a style says of an element, as far as it means something without a style sheet. */
export type Aspect =
  'display' | 'visibility' | 'offscreen' | 'bold' | 'italic' | 'line' | 'upper' | 'align' | 'space' | 'marker'

/** One thing said, with `yes` or `no` or a word of its own. */
export interface Declaration {
  readonly aspect: Aspect
  readonly value: string
  readonly important: boolean
}

/** A declaration as it is written: the name in lower case, the value as it stands. */
export interface Written {
  readonly property: string
  readonly value: string
  readonly important: boolean
}

const yes = (fact: boolean): string => (fact ? 'yes' : 'no')

/** 600 and more is bold in every family that has no more than two weights. */
const BOLD = /(^|\s)(bold|bolder|[6-9]\d\d|1000)(\s|$)/
const ITALIC = /(^|\s)(italic|oblique)(\s|$)/
/** Says nothing of its own: what the element would be without this declaration is as good a guess as any. */
const UNKNOWN = /^(inherit|unset|revert|revert-layer|initial)$|var\(/

/** text-decoration: dotted lines under abbreviations are no underline. */
function lineOf(value: string): string {
  if (/line-through/.test(value)) return 'strike'
  return /underline/.test(value) && !/dotted|dashed|wavy/.test(value) ? 'underline' : 'none'
}

function spaceOf(value: string): string {
  if (/^(pre|preserve nowrap)$/.test(value)) return 'pre'
  return /^(pre-wrap|pre-line|break-spaces|preserve|preserve-breaks)$/.test(value) ? 'lines' : 'normal'
}

type Said = ReadonlyArray<readonly [Aspect, string]>

/** THE LIST: the properties that mean something. */
const PROPERTIES: Readonly<Record<string, (value: string) => Said>> = {
  display: value => [['display', value === 'none' ? 'none' : 'shown']],
  visibility: value => [['visibility', value === 'hidden' || value === 'collapse' ? 'hidden' : 'visible']],
  'font-weight': value => [['bold', yes(BOLD.test(value))]],
  'font-style': value => [['italic', yes(ITALIC.test(value))]],
  // The part before the slash and the family: the family may be called "Bold".
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

/** Further properties, which together take an element out of sight and leave it to screen readers. */
const PLACING = new Set(['position', 'clip', 'clip-path', 'width', 'height', 'left', 'top'])

/** Whether declarations of a property need to be read at all. */
export const isMeaningful = (property: string): boolean => Object.hasOwn(PROPERTIES, property) || PLACING.has(property)

const ONE_PIXEL = /^[01](px)?$/
const FAR_AWAY = /^-\d{3,}(\.\d+)?(px|em|rem)$|^-[1-9]\d{2,}v[wh]$/

/** Cut to nothing, one pixel large or far to the left: only if it is placed at all. */
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

/** What the declarations of one rule, or of a style attribute, say. */
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
  if (offscreen !== undefined) said.push({ aspect: 'offscreen', value: offscreen, important })
  return said
}

/** The declarations of a style attribute. No semicolon within quotes or brackets matters to what is read of them. */
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
