import { createRequire } from 'node:module'
import type { CssNode, List, parse as Parse } from 'css-tree'
import type { Sheet } from '../tree/sheets.js'
import { isMeaningful, readDeclarations, type Declaration, type Written } from './declarations.js'
import { reachOf, type Reach } from './media.js'
import { readSelector, type Selector } from './selector.js'
import { FOR_PICTURES, skim } from './skim.js'

// css-tree's parser is loaded alone: the dictionaries of the whole library take twice as long to load (measured).
const parse = createRequire(import.meta.url)('css-tree/parser') as typeof Parse

/** One selector and its declarations. */
export interface Rule {
  readonly selector: Selector
  readonly declarations: readonly Declaration[]
}

/** The rules that can be shown, in their order: those for the screen, and those that hold on paper alone. */
export interface Rules {
  readonly screen: readonly Rule[]
  readonly print: readonly Rule[]
}

/**
 * The characters of all sheets of a page that are read, and those that are parsed: the warm parser takes 10 ms for 150
 * kB (measured).
 */
const MOST_CHARACTERS = 512 * 1024
const MOST_PARSED = 192 * 1024
/** Pages of today have 300 to 1,500 rules that can be shown. */
const MOST_RULES = 6000
/** A sheet with more syntax errors is given up: the parser copies the whole sheet for each. */
const MOST_MISTAKES = 300
/** At-rules that are nested deeper are skipped. Levels. */
const MOST_DEPTH = 8

/** The rules in these blocks are read as if they stood outside of them. */
const TRANSPARENT = new Set(['supports', 'layer', 'scope', 'starting-style'])

/**
 * Style sheets remove all default looks by rules for tags. These aspects count only where a class or an ID has them.
 */
const CLASS_SPECIFICITY = 256
const MEANT_BY_CLASS = new Set(['marker', 'bold', 'line', 'italic'])

const isPrintOnly = ({ screen, print }: Reach): boolean => print && !screen
const textOf = (node: CssNode | null): string => (node !== null && node.type === 'Raw' ? node.value : '')

/** Sizes that only pictures take: as rules for all other elements they would cost and change nothing. */
const SIDES = new Set(['wide', 'high'])

/** Collects the rules of a sheet. */
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
      const sized = FOR_PICTURES.test(text)
      const isClass = selector.specificity >= CLASS_SPECIFICITY
      const meant = declarations.filter(
        ({ aspect }) => (isClass || !MEANT_BY_CLASS.has(aspect)) && (sized || !SIDES.has(aspect))
      )
      if (meant.length === 0) continue
      if (reach.screen) this.screen.push({ selector, declarations: meant })
      else this.print.push({ selector, declarations: meant })
    }
  }

  /** Reads a block of declarations; a media query nested in it applies to the same selector. */
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

/** The media that the block of an at-rule applies to; undefined if it applies to none of ours. */
function reachWithin(name: string, prelude: string, reach: Reach): Reach | undefined {
  const lower = name.toLowerCase()
  // A browser of today supports what is asked for. With `not`, a sheet serves browsers of ten years ago.
  if (TRANSPARENT.has(lower)) return lower === 'supports' && /^\s*not\b/i.test(prelude) ? undefined : reach
  if (lower !== 'media') return undefined
  const { screen, print } = reachOf(prelude)
  const both = { screen: screen && reach.screen, print: print && reach.print }
  return both.screen || isPrintOnly(both) ? both : undefined
}

function parseSheet(text: string, reach: Reach): Rules {
  const collector = new Collector()
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
    // The sheet is nested too deep for the parser, or full of errors: the page goes without it.
  }
  return collector
}

/** A sheet that was read, and how much of it was parsed. */
interface ReadSheet {
  readonly rules: Rules
  /** Characters */
  readonly parsed: number
}

function readSheet(text: string, reach: Reach, most: number): ReadSheet {
  const skimmed = skim(text).slice(0, most)
  return { rules: parseSheet(skimmed, reach), parsed: skimmed.length }
}

/** Sheets that were read last are kept: the pages of a site have the same ones. Characters of all of them. */
const MOST_KEPT = 2 * 1024 * 1024

/**
 * A text of its own. V8 cuts a text out of another one without copying it, so that the shortest sheet that is kept would
 * keep the whole page that it stood in.
 */
const copied = (text: string): string => structuredClone(text)

/** A sheet with the text by which it is found. */
interface KeptSheet {
  readonly key: string
  readonly sheet: ReadSheet
}

/** Remembers whole sheets; the one read longest ago goes first. */
function createMemory(): (text: string, reach: Reach) => ReadSheet {
  const kept = new Map<string, KeptSheet>()
  let characters = 0

  function read(key: string, text: string, reach: Reach): KeptSheet {
    characters += key.length
    return { key: copied(key), sheet: readSheet(copied(text), reach, MOST_PARSED) }
  }

  return (text, reach) => {
    const asked = `${reach.screen} ${reach.print} ${text}`
    const { key, sheet } = kept.get(asked) ?? read(asked, text, reach)
    kept.delete(key)
    kept.set(key, { key, sheet })
    for (const oldest of kept.keys()) {
      if (characters <= MOST_KEPT) break
      kept.delete(oldest)
      characters -= oldest.length
    }
    return sheet
  }
}

/**
 * Reads the rules of sheets that can be shown, within the limits above. Sheets without text are skipped. Never throws.
 */
export type ReadSheets = (sheets: readonly Sheet[]) => Rules

/** A reader of sheets, which gives the same for the same sheets, sooner if it has read them before. */
export function createSheetReader(): ReadSheets {
  const readWhole = createMemory()
  return sheets => {
    const [screen, print]: [Rule[], Rule[]] = [[], []]
    let left = MOST_CHARACTERS
    let parsed = MOST_PARSED
    for (const { media, text } of sheets) {
      const reach = reachOf(media)
      if (text === '' || left <= 0 || parsed <= 0 || !(reach.screen || reach.print)) continue
      const whole = text.length <= left ? readWhole(text, reach) : undefined
      const sheet =
        whole !== undefined && whole.parsed <= parsed ? whole : readSheet(text.slice(0, left), reach, parsed)
      left -= text.length
      parsed -= sheet.parsed
      screen.push(...sheet.rules.screen.slice(0, MOST_RULES - screen.length - print.length))
      print.push(...sheet.rules.print.slice(0, MOST_RULES - screen.length - print.length))
    }
    return { screen, print }
  }
}
