import { createRemembered } from '../async/remembered.js'
import { checkedRules, createRuleCheck, readRuleFile, readRules, rulePattern } from '../config/read-rules.js'
import { layersOf, schemaFile, type RulesFolder } from '../config/layers/rules-folder.js'
import { writtenAddress } from '../page/addresses/address.js'
import { html, type Html } from './html.js'
import { createKeptPages, type KeptPages } from './kept-pages.js'

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
  /** The same as the home page shows them, for clients by what precedes their addresses (PortalRequest.gateway) */
  readonly bookmarkList: (gateway: string) => Html
  /** Home pages that were written by these rules */
  readonly homePages: KeptPages
}

/** The names by which clients reach this proxy, and the longest name of a host with a port. */
const MOST_GATEWAYS = 32
const GATEWAY_CHARACTERS = 300

/** Each address is parsed and written only once: the home page is asked for with every start of a browser. */
function bookmarkListOf(bookmarks: PortalRules['bookmarks']): PortalRules['bookmarkList'] {
  const lists = createRemembered<Html>({ most: MOST_GATEWAYS, longest: GATEWAY_CHARACTERS })
  const entry = (gateway: string, { title, address }: PortalRules['bookmarks'][number]): Html =>
    html`<li><a href="${writtenAddress(new URL(address), { gateway })}">${title}</a>`
  return gateway => lists(gateway, () => html`<ul>${bookmarks.map(one => entry(gateway, one))}</ul>`)
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
  const bookmarks = loadBookmarks(folder)
  return { setup, bookmarks, bookmarkList: bookmarkListOf(bookmarks), homePages: createKeptPages() }
}
