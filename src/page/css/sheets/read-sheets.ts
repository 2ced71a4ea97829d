import type { Sheet } from '../../tree/sheets.js'
import { readDeclarations, type Declaration, type Written } from '../declarations.js'
import { reachOf, type Reach } from '../media.js'
import { readRules } from './rule-reader.js'
import { readSelector, type Selector } from '../selector.js'
import { FOR_PICTURES, skim } from './skim.js'

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
/** A sheet with more syntax errors is given up: it is none, or is written in what is no CSS here. */
const MOST_MISTAKES = 300

/**
 * Style sheets remove all default looks by rules for tags. These aspects count only where a class or an ID has them.
 */
const CLASS_SPECIFICITY = 256
const MEANT_BY_CLASS = new Set(['marker', 'bold', 'line', 'italic'])

/** Sizes that only pictures take: as rules for all other elements they would cost and change nothing. */
const SIDES = new Set(['wide', 'high'])

const NO_RULES: Rules = { screen: [], print: [] }

/** Collects the rules of a sheet. */
class Collector {
  readonly screen: Rule[] = []
  readonly print: Rule[] = []

  readonly add = (selectors: string, written: readonly Written[], reach: Reach): void => {
    const declarations = readDeclarations(written)
    if (declarations.length === 0) return
    for (const text of selectors.split(',')) {
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
}

/** A sheet that was read, and how much of it was parsed. */
interface ReadSheet {
  readonly rules: Rules
  /** Characters */
  readonly parsed: number
}

/** Reads a sheet, but no more of it than so many characters. */
function readSheet(text: string, reach: Reach, most: number): ReadSheet {
  const skimmed = skim(text).slice(0, most)
  const collector = new Collector()
  const mistakes = readRules(skimmed, reach, collector.add)
  return { rules: mistakes > MOST_MISTAKES ? NO_RULES : collector, parsed: skimmed.length }
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
