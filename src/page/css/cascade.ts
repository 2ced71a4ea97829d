import { attribute, isElement, type Element, type Parent } from '../tree/tree.js'
import { readStyleAttribute, type Aspect, type Declaration } from './declarations.js'
import type { Rule } from './sheets/read-sheets.js'
import { matches, MOST_VALUE, namesMatch, type Effort } from './selector.js'

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
  /** The rarest of the classes that must stand around an element, if any must */
  readonly around: string | undefined
}

const byStrength = (a: Ranked, b: Ranked): number => a.selector.specificity - b.selector.specificity || a.rank - b.rank

/** So many rules are tried one by one. Rules. */
const FEW = 24

const classesAround = ({ selector }: Rule): string[] => selector.compounds.slice(1).flatMap(({ classes }) => classes)

/**
 * The rules of a list that may match an element, by what stands around it. Makers of sites give each part of a page a
 * class and a rule for what is in it, so that hundreds of rules are about one kind of element: of those only few are about
 * the parts that this one stands in.
 */
type RulesAround = (element: Element) => readonly Ranked[]

/** Counts how many rules ask for each class around. */
function countClasses(rules: ReadonlyArray<readonly string[]>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const names of rules) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** Of the classes that all must be there the rarest tells most. */
function rarestOf(names: readonly string[], counts: ReadonlyMap<string, number>): string | undefined {
  let rarest: string | undefined
  for (const name of names) if (rarest === undefined || counts.get(name)! < counts.get(rarest)!) rarest = name
  return rarest
}

/** Looks at what stands around once for each rule, not once more for each group of elements: there may be thousands. */
function ranked(rules: readonly Rule[]): Ranked[] {
  const classes = rules.map(classesAround)
  const counts = countClasses(classes)
  return rules.map(({ selector, declarations }, rank) => ({
    selector,
    declarations,
    rank,
    around: rarestOf(classes[rank]!, counts)
  }))
}

function createRulesAround(rules: readonly Ranked[], effort: Effort): RulesAround {
  if (rules.length <= FEW) return () => rules
  const free: Ranked[] = []
  const byClass = new Map<string, Ranked[]>()
  for (const rule of rules) {
    const list = rule.around === undefined ? free : byClass.get(rule.around)
    if (list === undefined) byClass.set(rule.around!, [rule])
    else list.push(rule)
  }
  return element => {
    const found = new Set<string>()
    for (let around = element.parentNode; around !== null && isElement(around); around = around.parentNode) {
      const classes = attribute(around, 'class')
      if (classes === undefined || classes.length > MOST_VALUE) continue
      for (const name of classes.split(/\s+/)) {
        effort.left--
        if (byClass.has(name)) found.add(name)
      }
    }
    return [...free, ...[...found].flatMap(name => byClass.get(name)!)].sort(byStrength)
  }
}

/** What the rules say of all elements that have the same tag and the same class attribute. */
interface Group {
  /** Those whose last part has that tag and those classes, by their strength */
  readonly rules: readonly Ranked[]
  /** Those of them that may match an element */
  readonly around: RulesAround
  /** The last parts ask about no other attribute: the elements of one parent have the same style */
  readonly isOfParent: boolean
  /** The parent whose elements were asked for last, and their style */
  parent: Parent | null | undefined
  style: Style | undefined
}

/** That of elements that no rule is about, as most are. */
const NO_RULES: Group = { rules: [], around: () => [], isOfParent: true, parent: undefined, style: undefined }

/** Rules by the last part of their selector: by its ID, else by its first class, else by its tag, else together. */
class RuleIndex {
  readonly #ids = new Map<string, Ranked[]>()
  readonly #names = new Map<string, Ranked[]>()
  /** Elements of a page have few different tags and classes */
  readonly #groups = new Map<string, Map<string, Group>>()
  readonly #effort: Effort

  constructor(rules: readonly Rule[], effort: Effort) {
    this.#effort = effort
    for (const rule of ranked(rules)) {
      const [{ id, classes, tag }] = rule.selector.compounds
      const [name] = classes
      const key = id ?? (name === undefined ? (tag ?? '*') : `.${name}`)
      const lists = id === undefined ? this.#names : this.#ids
      const list = lists.get(key)
      if (list === undefined) lists.set(key, [rule])
      else list.push(rule)
    }
  }

  #sorted(list: Ranked[]): Ranked[] {
    this.#effort.left -= list.length
    return list.sort(byStrength)
  }

  /** What the rules say of elements with a tag and a class attribute. */
  groupOf(tagName: string, classes: string): Group {
    const groups = this.#groups.get(tagName) ?? new Map<string, Group>()
    if (groups.size === 0) this.#groups.set(tagName, groups)
    const known = groups.get(classes)
    if (known !== undefined) return known
    const group = this.#newGroup(tagName, classes)
    groups.set(classes, group)
    return group
  }

  #newGroup(tagName: string, classes: string): Group {
    const rules = this.#sorted(this.#namedBy(tagName, classes)).filter(({ selector }) =>
      namesMatch(selector.compounds[0], tagName, classes)
    )
    if (rules.length === 0) return NO_RULES
    const isOfParent = rules.every(({ selector }) => selector.compounds[0].attributes.length === 0)
    const around = createRulesAround(rules, this.#effort)
    return { rules, around, isOfParent, parent: undefined, style: undefined }
  }

  /** The rules that are kept by a tag, or by one of these classes. */
  #namedBy(tagName: string, classes: string): Ranked[] {
    const found = [...(this.#names.get('*') ?? []), ...(this.#names.get(tagName) ?? [])]
    if (classes === '') return found
    for (const name of new Set(classes.split(/\s+/))) found.push(...(this.#names.get(`.${name}`) ?? []))
    return found
  }

  /** The rules for an element with this ID, with those of its group; undefined if there are none. */
  withId(id: string, { rules }: Group): readonly Ranked[] | undefined {
    const own = this.#ids.get(id)
    return own === undefined ? undefined : this.#sorted([...rules, ...own])
  }
}

/** A style in the making: later declarations win, unless the earlier one is important. */
class Cascade {
  style: Style | undefined
  #important: Set<Aspect> | undefined

  apply(declarations: readonly Declaration[]): void {
    const style = (this.style ??= {})
    for (const { aspect, value, important } of declarations) {
      if (!important && this.#important?.has(aspect) === true) continue
      style[aspect] = value
      if (important) (this.#important ??= new Set()).add(aspect)
    }
  }
}

/** The cascade of CSS by importance, specificity and order. Nothing is inherited. */
export function createCascade(rules: readonly Rule[], withStyleAttributes: boolean): StyleOf {
  const effort: Effort = { left: MOST_COMPARISONS }
  const index = new RuleIndex(rules, effort)

  function styleBy(element: Element, found: readonly Ranked[], own: readonly Declaration[]): Style | undefined {
    const cascade = new Cascade()
    for (const { selector, declarations } of found) {
      if (effort.left < 0) break
      if (matches(element, selector, effort)) cascade.apply(declarations)
    }
    if (own.length > 0) cascade.apply(own)
    return cascade.style
  }

  function styleInGroup(element: Element, group: Group): Style | undefined {
    if (!group.isOfParent) return styleBy(element, group.around(element), [])
    if (group.parent !== element.parentNode) {
      group.parent = element.parentNode
      group.style = styleBy(element, group.around(element), [])
    }
    return group.style
  }

  return element => {
    let id: string | undefined
    let own: string | undefined
    let classes = ''
    for (const { name, value } of element.attrs) {
      if (name === 'class') classes = value
      else if (name === 'id') id = value
      else if (name === 'style' && withStyleAttributes) own = value
    }
    const declarations = own === undefined ? [] : readStyleAttribute(own)
    if (effort.left <= 0) return styleBy(element, [], declarations)
    const group = index.groupOf(element.tagName, classes)
    const withId = id === undefined ? undefined : index.withId(id, group)
    if (withId !== undefined) return styleBy(element, withId, declarations)
    if (declarations.length > 0) return styleBy(element, group.around(element), declarations)
    return group.rules.length === 0 ? undefined : styleInGroup(element, group)
  }
}
