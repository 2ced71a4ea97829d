import { basename } from 'node:path'
import { webAddress } from '../bytes/web-address.js'
import {
  checkedRules,
  createRuleCheck,
  readRuleFile,
  readRules,
  type RuleCheck,
  type RuleFile
} from '../config/read-rules.js'
import { ruleFiles, schemaFile, type RulesFolder } from '../config/layers/rules-folder.js'

/** THE LIST of sections, in the order of 68k.news. */
export const SECTIONS = [
  'top',
  'world',
  'nation',
  'business',
  'technology',
  'entertainment',
  'sports',
  'science',
  'health'
] as const

export type Section = (typeof SECTIONS)[number]

/** A feed of a publisher. */
export interface NewsFeed {
  /** Of the publisher, as it stands beside its headlines */
  readonly name: string
  readonly feed: string
}

/** The news of one country in one language: a file of rules/feeds/. */
export interface Edition {
  /** Name of its file: the edition in addresses */
  readonly id: string
  /** Short, as in "Back to the US front page" */
  readonly name: string
  /** In full, for the list */
  readonly title: string
  /** ISO 639-1: which words mean nothing, and whether there are spaces between them */
  readonly language: string
  /** In which its times are told (IANA) */
  readonly zone: string
  readonly sections: Readonly<Partial<Record<Section, readonly NewsFeed[]>>>
  /** Its feeds are blogs and the like, which a person has chosen: their stories are shown however old they are */
  readonly ofAnyAge?: boolean
}

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** What a schema cannot say: addresses that are none, and time zones that there are not. */
function checkFields(rules: RuleFile, { zone, sections }: Edition): void {
  if (!isZone(zone)) throw rules.failure(['zone'], `there is no time zone ${zone}`)
  for (const [section, feeds] of Object.entries(sections)) {
    for (const [at, { feed }] of feeds.entries()) {
      if (webAddress(feed) === undefined)
        throw rules.failure(['sections', section, String(at), 'feed'], `${feed} is no address`)
    }
  }
}

/** The check of an edition, compiled once. */
export const createEditionCheck = (rulesFolder: RulesFolder): RuleCheck => {
  const check = createRuleCheck(schemaFile(rulesFolder, 'feeds'))
  return (rules, value) => {
    check(rules, value)
    checkFields(rules, value as Edition)
  }
}

/** An edition from a file that is one. @throws RulesError naming file, line, field and reason. */
export function readEdition(file: string, id: string, check: RuleCheck): Edition {
  return { id, ...checkedRules<Omit<Edition, 'id'>>(readRuleFile(file), check).value }
}

/**
 * All editions of rules/feeds/, by their names in addresses, in the order of their titles.
 * @throws RulesError naming file, line, field and reason of the first mistake.
 */
export function loadEditions(rulesFolder: RulesFolder): Map<string, Edition> {
  const check = createEditionCheck(rulesFolder)
  const editions = [...ruleFiles(rulesFolder, 'feeds')].map(([name, file]) =>
    readEdition(file, basename(name, '.yaml'), check)
  )
  return new Map(editions.sort((a, b) => (a.title < b.title ? -1 : 1)).map(edition => [edition.id, edition]))
}

/**
 * Words by language that say nothing of what a headline is about: rules/stop-words.yaml.
 * @throws RulesError naming file, line, field and reason.
 */
export function loadStopWords(rulesFolder: RulesFolder): Map<string, ReadonlySet<string>> {
  return new Map(
    Object.entries(readRules<Record<string, string>>(rulesFolder, 'stop-words').value).map(([language, words]) => [
      language,
      new Set(words.split(/\s+/))
    ])
  )
}
