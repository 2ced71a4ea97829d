import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { overlay, type Fields } from './overlay.js'
import { checkedProfile, type Display, type Profile } from './profile.js'
import {
  createRuleCheck,
  readRuleFile,
  readRules,
  rulePattern,
  type RuleCheck,
  type RuleFile,
  RulesError
} from '../config/read-rules.js'

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

function named<T>(map: ReadonlyMap<string, T>, id: string, rules: RuleFile, path: readonly string[]): T {
  const found = map.get(id)
  if (found === undefined)
    throw rules.failure(path, `there is no ${path.at(-1)} ${id}; there are ${[...map.keys()].join(', ')}`)
  return found
}

function chosen(raw: RawChoice, rules: RuleFile, path: readonly string[], { profiles, displays }: Known): Choice {
  return {
    profile: named(profiles, raw.profile, rules, [...path, 'profile']),
    display: named(displays, raw.display, rules, [...path, 'display'])
  }
}

function changed(
  profile: Profile,
  change: Fields,
  rules: RuleFile,
  path: readonly string[],
  check: RuleCheck
): Profile {
  const { id, ...fields } = overlay({ ...profile }, change)
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
export function loadClients(folder: string, known: Known): ClientRule[] {
  const check = createRuleCheck(join(folder, 'schema', 'clients.json'))
  const names = readdirSync(join(folder, 'clients'))
    .filter(name => name.endsWith('.yaml'))
    .sort()
  return names.flatMap(name => {
    const rules = readRuleFile(join(folder, 'clients', name))
    check(rules, rules.value)
    return (rules.value as readonly RawClient[]).map((raw, index) => {
      const { profile, display } = chosen(raw, rules, [String(index)], known)
      const own =
        raw.with === undefined
          ? profile
          : changed(profile, raw.with, rules, [String(index), 'with'], known.checkProfile)
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
export function loadUnknownClient(folder: string, known: Known): Choice {
  const rules = readRules(folder, 'unknown-client')
  return chosen(rules.value as RawChoice, rules, [], known)
}
