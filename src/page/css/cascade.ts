import { attribute, type Element } from '../tree/tree.js'
import { readStyleAttribute, type Aspect, type Declaration } from './declarations.js'
import type { Rule } from './read-sheets.js'
import { matches, type Effort } from './selector.js'

/** The declarations that win for one element, by what they affect. */
export type Style = Partial<Record<Aspect, string>>

/** Finds the style of an element, from the rules and from its own style attribute; undefined if nothing applies. */
export type StyleOf = (element: Element) => Style | undefined

/**
 * Comparisons of an element with a part of a selector that one page may cost: 0.1 s. After them no further rule
 * matches.
 */
const MOST_COMPARISONS = 4_000_000

interface Ranked extends Rule {
  readonly rank: number
}

const byStrength = (a: Ranked, b: Ranked): number => a.selector.specificity - b.selector.specificity || a.rank - b.rank

/**
 * Indexes rules by the last part of their selector: by its ID, else by its first class, else by its tag, else together.
 */
function createIndex(rules: readonly Rule[], effort: Effort): (element: Element) => readonly Ranked[] {
  const byKey = new Map<string, Ranked[]>()
  rules.forEach((rule, rank) => {
    const [{ id, classes, tag }] = rule.selector.compounds
    const [name] = classes
    const key = id !== undefined ? `#${id}` : name !== undefined ? `.${name}` : (tag ?? '*')
    const list = byKey.get(key)
    if (list === undefined) byKey.set(key, [{ ...rule, rank }])
    else list.push({ ...rule, rank })
  })
  // Elements of a page have few different tags and classes.
  const found = new Map<string, readonly Ranked[]>()
  const sorted = (list: Ranked[]): Ranked[] => {
    effort.left -= list.length
    return list.sort(byStrength)
  }
  const look = (keys: readonly string[]): Ranked[] => sorted([...new Set(keys)].flatMap(key => byKey.get(key) ?? []))
  return element => {
    const id = attribute(element, 'id')
    const classes = attribute(element, 'class') ?? ''
    const own = id === undefined ? undefined : byKey.get(`#${id}`)
    const key = `${element.tagName} ${classes}`
    let list = found.get(key)
    if (list === undefined) {
      list = look(['*', element.tagName, ...classes.split(/\s+/).map(name => `.${name}`)])
      found.set(key, list)
    }
    return own === undefined ? list : sorted([...list, ...own])
  }
}

/** Applies declarations to a style: later ones win, unless the earlier one is important. */
function apply(style: Style, important: Set<Aspect>, declarations: readonly Declaration[]): void {
  for (const declaration of declarations) {
    if (important.has(declaration.aspect) && !declaration.important) continue
    style[declaration.aspect] = declaration.value
    if (declaration.important) important.add(declaration.aspect)
  }
}

/** The cascade of CSS by importance, specificity and order. Nothing is inherited. */
export function createCascade(rules: readonly Rule[], withStyleAttributes: boolean): StyleOf {
  const effort: Effort = { left: MOST_COMPARISONS }
  const candidates = createIndex(rules, effort)
  return element => {
    const found = effort.left > 0 ? candidates(element) : []
    const own = withStyleAttributes ? attribute(element, 'style') : undefined
    if (found.length === 0 && own === undefined) return undefined
    let style: Style | undefined
    const important = new Set<Aspect>()
    for (const { selector, declarations } of found) {
      if (effort.left < 0) break
      if (matches(element, selector, effort)) apply((style ??= {}), important, declarations)
    }
    const declarations = own === undefined ? [] : readStyleAttribute(own)
    if (declarations.length > 0) apply((style ??= {}), important, declarations)
    return style
  }
}
