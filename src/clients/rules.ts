import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { charsetNames } from '../charset/charsets.js'
import { pageFormatNames } from '../image/formats.js'
import { loadClients, loadUnknownClient, type Choice, type ClientRule } from './load-clients.js'
import { isFields, overlay, type Fields } from './overlay.js'
import { checkedProfile, type Display, type Profile } from './profile.js'
import {
  createRuleCheck,
  readRuleFile,
  readRules,
  rulePattern,
  type RuleCheck,
  type RuleFile
} from '../config/read-rules.js'
import { ruleFiles, schemaFile, type RulesFolder } from '../config/layers/rules-folder.js'

/** All that rules/ says about browsers. */
export interface ClientRules {
  readonly profiles: ReadonlyMap<string, Profile>
  readonly displays: ReadonlyMap<string, Display>
  readonly clients: readonly ClientRule[]
  /** Screens that machines have whatever the browser; the first that matches and is narrower */
  readonly hints: ReadonlyArray<{ readonly match: RegExp; readonly display: Display }>
  /** For clients that no rule knows */
  readonly fallback: Choice
}

/** The rules that come with the program; the same place from src/ and from dist/. */
export const OWN_RULES = fileURLToPath(new URL('../../rules/', import.meta.url))

/** What the schema of profiles refers to: the lists of charsets and formats are in the program. */
const PROFILE_LISTS = { charsets: charsetNames, 'image-formats': pageFormatNames }

type ProfileFiles = ReadonlyMap<string, RuleFile>

const readProfileFiles = (folder: RulesFolder): ProfileFiles =>
  new Map([...ruleFiles(folder, 'profiles')].map(([name, file]) => [basename(name, '.yaml'), readRuleFile(file)]))

/** A profile is checked as it is over another: where one file has been changed since the build, none counts as checked. */
function createProfileCheck(folder: RulesFolder, files: ProfileFiles): RuleCheck {
  const check = createRuleCheck(schemaFile(folder, 'profile'), PROFILE_LISTS)
  const unchanged = [...files.values()].every(rules => rules.checkedBy !== undefined)
  return ({ checkedBy, ...rules }, fields) => {
    if (!unchanged || checkedBy === undefined) check(rules, fields)
  }
}

function loadProfiles(files: ProfileFiles, checkProfile: RuleCheck): Map<string, Profile> {
  const checked = new Map<string, Fields>()

  /** Checks what a profile extends before the profile itself: a mistake is told with the file that it stands in. */
  function fieldsOf(id: string, below: readonly string[]): Fields {
    const known = checked.get(id)
    if (known !== undefined) return known
    const rules = files.get(id)!
    if (!isFields(rules.value)) throw rules.failure([], 'it takes the fields of a profile')
    const { extends: parent, ...own } = rules.value
    const fields = parent === undefined ? own : overlay(parentOf(rules, parent, below), own)
    checkProfile(rules, fields)
    checked.set(id, fields)
    return fields
  }

  function parentOf(rules: RuleFile, parent: unknown, below: readonly string[]): Fields {
    if (typeof parent !== 'string' || !files.has(parent))
      throw rules.failure(['extends'], `there is no profile ${JSON.stringify(parent)}`)
    if (below.includes(parent)) throw rules.failure(['extends'], `goes in circles: ${[...below, parent].join(', ')}`)
    return fieldsOf(parent, [...below, parent])
  }

  return new Map([...files.keys()].map(id => [id, checkedProfile(id, fieldsOf(id, [id]))]))
}

function loadDisplays(folder: RulesFolder): Map<string, Display> {
  const { value } = readRules<Record<string, Omit<Display, 'id'>>>(folder, 'displays')
  return new Map(Object.entries(value).map(([id, fields]) => [id, { id, ...fields }]))
}

/**
 * Reads and checks everything in rules/ about browsers.
 * @throws RulesError naming file, line, field and reason of the first mistake.
 */
export function loadClientRules(folder: RulesFolder = OWN_RULES): ClientRules {
  const files = readProfileFiles(folder)
  const checkProfile = createProfileCheck(folder, files)
  const profiles = loadProfiles(files, checkProfile)
  const displays = loadDisplays(folder)
  const known = { profiles, displays, checkProfile }
  const hints = [...displays.values()].flatMap(display =>
    display.hint === undefined ? [] : [{ match: rulePattern(display.hint), display }]
  )
  return { profiles, displays, hints, clients: loadClients(folder, known), fallback: loadUnknownClient(folder, known) }
}
