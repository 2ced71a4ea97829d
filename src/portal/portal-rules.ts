import { readRules, rulePattern } from '../config/read-rules.js'

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

/**
 * The data of our own pages.
 * @throws RulesError naming file, line, field and reason.
 */
export function loadPortalRules(folder: string): PortalRules {
  const setup = readRules<readonly RawHelp[]>(folder, 'setup').value.map(raw => ({
    ...raw,
    match: rulePattern(raw.match),
    lines: raw.lines ?? [],
    gateway: raw.gateway === true
  }))
  return { setup, bookmarks: readRules<PortalRules['bookmarks']>(folder, 'bookmarks').value }
}
