import { overlay, type Fields } from './overlay.js'
import { checkedProfile, type Display, type Profile } from './profile.js'
import {
  checkedRules,
  createRuleCheck,
  readRuleFile,
  readRules,
  rulePattern,
  RulesError,
  type FieldPlace,
  type RuleCheck
} from '../config/read-rules.js'
import { ruleFiles, schemaFile, type RulesFolder } from '../config/layers/rules-folder.js'

/** One line of a file of rules/clients/. */
export interface ClientRule {
  readonly name: string
  readonly match: RegExp
  readonly profile: Profile
  readonly display: Display
  /** User-Agents that this line decides for */
  readonly examples: readonly string[]
  /** Where it stands, or a field of it: file and line */
  place(...field: readonly string[]): string
}

/** What a client gets. */
export interface Choice {
  readonly profile: Profile
  readonly display: Display
}

/** What lines of rules may name, and the check of a profile that a line has changed. */
export interface Known {
  readonly profiles: ReadonlyMap<string, Profile>
  readonly displays: ReadonlyMap<string, Display>
  readonly checkProfile: RuleCheck
}

interface RawChoice {
  readonly profile: string
  readonly display: string
}
interface RawClient extends RawChoice {
  readonly name: string
  readonly match: string
  readonly with?: Fields
  readonly examples?: readonly string[]
}

const within = ({ rules, path }: FieldPlace, name: string): FieldPlace => ({ rules, path: [...path, name] })

function named<T>(map: ReadonlyMap<string, T>, id: string, { rules, path }: FieldPlace): T {
  const found = map.get(id)
  if (found === undefined)
    throw rules.failure(path, `there is no ${path.at(-1)} ${id}; there are ${[...map.keys()].join(', ')}`)
  return found
}

function chosen(raw: RawChoice, place: FieldPlace, { profiles, displays }: Known): Choice {
  return {
    profile: named(profiles, raw.profile, within(place, 'profile')),
    display: named(displays, raw.display, within(place, 'display'))
  }
}

/** A profile that a line has changed; `place` is that of the change. */
function checked({ id, ...fields }: Fields, { rules, path }: FieldPlace, check: RuleCheck): Profile {
  try {
    check(rules, fields)
  } catch (error) {
    throw error instanceof RulesError ? rules.failure(path, error.message) : error
  }
  return checkedProfile(String(id), fields)
}

/**
 * All clients: one list of the files of rules/clients/, in the order of their names. A new client is a new file.
 * @throws RulesError naming file, line, field and reason.
 */
export function loadClients(folder: RulesFolder, known: Known): ClientRule[] {
  const check = createRuleCheck(schemaFile(folder, 'clients'))
  return [...ruleFiles(folder, 'clients').values()].flatMap(file => {
    const rules = checkedRules<readonly RawClient[]>(readRuleFile(file), check)
    return rules.value.map((raw, index) => {
      const place = { rules, path: [String(index)] }
      const { profile, display } = chosen(raw, place, known)
      const own =
        raw.with === undefined
          ? profile
          : checked(overlay({ ...profile }, raw.with), within(place, 'with'), known.checkProfile)
      return {
        name: raw.name,
        match: rulePattern(raw.match),
        profile: own,
        display,
        examples: raw.examples ?? [],
        place: (...field) => rules.place([String(index), ...field])
      }
    })
  })
}

/**
 * What a client gets that no rule knows.
 * @throws RulesError naming file, line, field and reason.
 */
export function loadUnknownClient(folder: RulesFolder, known: Known): Choice {
  const rules = readRules<RawChoice>(folder, 'unknown-client')
  return chosen(rules.value, { rules, path: [] }, known)
}
