import { createRequire } from 'node:module'
import type { CssNode, List, parse as Parse } from 'css-tree'
import type { Sheet } from '../tree/sheets.js'
import { isMeaningful, readDeclarations, type Declaration, type Written } from './declarations.js'
import { reachOf, type Reach } from './media.js'
import { readSelector, type Selector } from './selector.js'
import { skim } from './skim.js'

// Its parser alone: the dictionaries that the whole library loads take twice as long as the parser (measured).
const parse = createRequire(import.meta.url)('css-tree/parser') as typeof Parse

/** One selector and what is said of elements that match it, the later the stronger. */
export interface Rule {
  readonly selector: Selector
  readonly declarations: readonly Declaration[]
}

/** The rules that mean something, in their order: on the screen, and those that hold only on paper. */
export interface Rules {
  readonly screen: readonly Rule[]
  readonly print: readonly Rule[]
}

/**
 * Of all sheets of a page together: read at all, and parsed, of which 150 kB take 10 ms once the parser is warm
 * (measured). Characters.
 */
const MOST_CHARACTERS = 512 * 1024
const MOST_PARSED = 192 * 1024
/** A page of today keeps 300 to 1,500 rules that mean something. */
const MOST_RULES = 6000
/** A sheet with more mistakes is given up: the parser copies the whole sheet for each. */
const MOST_MISTAKES = 300
/** At-rules within at-rules; more are passed over. */
const MOST_DEPTH = 8

/** Parts of a sheet that are read as if they stood outside. */
const TRANSPARENT = new Set(['supports', 'layer', 'scope', 'starting-style'])

/** Selectors by which style sheets take all looks off tags; only what is said of a class or ID is meant. */
const CLASS_SPECIFICITY = 256
const MEANT_BY_CLASS = new Set(['marker', 'bold', 'line', 'italic'])

const isPrintOnly = ({ screen, print }: Reach): boolean => print && !screen
const textOf = (node: CssNode | null): string => (node !== null && node.type === 'Raw' ? node.value : '')

/** Collects the rules of sheets. */
class Collector {
  readonly screen: Rule[] = []
  readonly print: Rule[] = []

  #add(prelude: string, written: readonly Written[], reach: Reach): void {
    const declarations = readDeclarations(written)
    if (declarations.length === 0) return
    for (const text of prelude.split(',')) {
      if (this.screen.length + this.print.length >= MOST_RULES) return
      const selector = readSelector(text)
      if (selector === undefined) continue
      const meant =
        selector.specificity >= CLASS_SPECIFICITY
          ? declarations
          : declarations.filter(({ aspect }) => !MEANT_BY_CLASS.has(aspect))
      if (meant.length === 0) continue
      if (reach.screen) this.screen.push({ selector, declarations: meant })
      else this.print.push({ selector, declarations: meant })
    }
  }

  /** A block of declarations; media queries within it hold for the same selector. */
  #declarations(nodes: List<CssNode>, prelude: string, reach: Reach, depth: number): void {
    const written: Written[] = []
    nodes.forEach(node => {
      if (node.type === 'Declaration') {
        const property = node.property.toLowerCase()
        if (isMeaningful(property))
          written.push({ property, value: textOf(node.value), important: node.important !== false })
      } else if (node.type === 'Atrule' && node.block !== null && depth < MOST_DEPTH) {
        const within = reachWithin(node.name, textOf(node.prelude), reach)
        if (within !== undefined) this.#declarations(node.block.children, prelude, within, depth + 1)
      }
    })
    if (written.length > 0) this.#add(prelude, written, reach)
  }

  rules(nodes: List<CssNode>, reach: Reach, depth: number): void {
    nodes.forEach(node => {
      if (node.type === 'Rule') {
        this.#declarations(node.block.children, textOf(node.prelude), reach, depth)
      } else if (node.type === 'Atrule' && node.block !== null && depth < MOST_DEPTH) {
        const within = reachWithin(node.name, textOf(node.prelude), reach)
        if (within !== undefined) this.rules(node.block.children, within, depth + 1)
      }
    })
  }
}

/** What an at-rule's block is for, or undefined if it is not for us. */
function reachWithin(name: string, prelude: string, reach: Reach): Reach | undefined {
  const lower = name.toLowerCase()
  // What a browser of today supports; a sheet asks for the opposite to serve those of ten years ago.
  if (TRANSPARENT.has(lower)) return lower === 'supports' && /^\s*not\b/i.test(prelude) ? undefined : reach
  if (lower !== 'media') return undefined
  const { screen, print } = reachOf(prelude)
  const both = { screen: screen && reach.screen, print: print && reach.print }
  return both.screen || isPrintOnly(both) ? both : undefined
}

function readSheet(text: string, reach: Reach, collector: Collector): void {
  let mistakes = 0
  const onParseError = (error: Error): void => {
    if (++mistakes > MOST_MISTAKES) throw error
  }
  try {
    const tree = parse(text, {
      parseValue: false,
      parseAtrulePrelude: false,
      parseRulePrelude: false,
      parseCustomProperty: false,
      onParseError
    })
    if (tree.type === 'StyleSheet') collector.rules(tree.children, reach, 0)
  } catch {
    // Nested so deep that the parser gives up, or all wrong: the page goes without this sheet.
  }
}

/**
 * The rules of sheets that mean something, within limits; never throws. Sheets that are not there yet are passed over.
 */
export function readSheets(sheets: readonly Sheet[]): Rules {
  const collector = new Collector()
  let left = MOST_CHARACTERS
  let parsed = MOST_PARSED
  for (const { media, text } of sheets) {
    const reach = reachOf(media)
    if (text === '' || left <= 0 || parsed <= 0 || !(reach.screen || reach.print)) continue
    const skimmed = skim(text.slice(0, left)).slice(0, parsed)
    left -= text.length
    parsed -= skimmed.length
    readSheet(skimmed, reach, collector)
  }
  return { screen: collector.screen, print: collector.print }
}
