import { checkedRules, createRuleCheck, readRuleFile, readRules, rulePattern } from '../config/read-rules.js'
import { layersOf, schemaFile, type RulesFolder } from '../config/layers/rules-folder.js'

/** How the proxy is set in one kind of browser (rules/setup.yaml). */
export interface SetupHelp {
  readonly id: string
  readonly title: string
  readonly match: RegExp
  readonly steps: readonly string[]
  readonly lines: readonly string[]
  readonly gateway: boolean
}

/** The parts of our own pages that are data. */
export interface PortalRules {
  readonly setup: readonly SetupHelp[]
  /** Of the home page (rules/bookmarks.yaml) */
  readonly bookmarks: ReadonlyArray<{ readonly title: string; readonly address: string }>
}

type RawHelp = Omit<SetupHelp, 'match' | 'lines' | 'gateway'> & {
  readonly match: string
  readonly lines?: readonly string[]
  readonly gateway?: boolean
}

/** One's own bookmarks stand in the place of ours: who writes some does not want others. */
function loadBookmarks(folder: RulesFolder): PortalRules['bookmarks'] {
  const rules = readRuleFile(layersOf(folder, 'bookmarks.yaml').at(-1)!)
  return checkedRules<PortalRules['bookmarks']>(rules, createRuleCheck(schemaFile(folder, 'bookmarks'))).value
}

/**
 * The data of our own pages.
 * @throws RulesError naming file, line, field and reason.
 */
export function loadPortalRules(folder: RulesFolder): PortalRules {
  const setup = readRules<readonly RawHelp[]>(folder, 'setup').value.map(raw => ({
    ...raw,
    match: rulePattern(raw.match),
    lines: raw.lines ?? [],
    gateway: raw.gateway === true
  }))
  return { setup, bookmarks: loadBookmarks(folder) }
}
