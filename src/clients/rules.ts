import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CHARSETS, charsetNamed } from '../charset/charsets.js'
import type { Display, Profile } from './profile.js'
import { createRuleCheck, readRuleFile, RulesError, type RuleCheck } from './read-rules.js'

/** One line of rules/clients.yaml. */
export interface ClientRule {
  readonly name: string
  readonly match: RegExp
  readonly profile: Profile
  readonly display: Display
}

/** All that rules/ says about browsers. */
export interface ClientRules {
  readonly profiles: ReadonlyMap<string, Profile>
  readonly displays: ReadonlyMap<string, Display>
  readonly clients: readonly ClientRule[]
  readonly fallback: { readonly profile: Profile, readonly display: Display }
}

/** The rules that come with the program; the same place from src/ and from dist/. */
export const OWN_RULES = fileURLToPath(new URL('../../rules/', import.meta.url))

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Fields of `change` over those of `base`, field by field. */
export function overlay (base: Fields, change: Fields): Fields {
  const result: Fields = { ...base }
  for (const [key, value] of Object.entries(change)) {
    const below = result[key]
    result[key] = isFields(below) && isFields(value) ? overlay(below, value) : value
  }
  return result
}

/** The schema, and what it cannot hold: the list of charsets is in the program. */
function createProfileCheck (folder: string): RuleCheck {
  const check = createRuleCheck(join(folder, 'schema', 'profile.json'))
  return (rules, value) => {
    check(rules, value)
    const { charset } = (value as Profile).text
    if (charsetNamed(charset)?.name.toLowerCase() !== charset) throw rules.failure(['text', 'charset'], `there is no charset ${charset}; there are ${CHARSETS.map(({ name }) => name.toLowerCase()).join(', ')}`)
  }
}

function loadProfiles (folder: string, checkProfile: RuleCheck): Map<string, Profile> {
  const files = new Map(readdirSync(join(folder, 'profiles'))
    .filter(name => name.endsWith('.yaml'))
    .map(name => [basename(name, '.yaml'), readRuleFile(join(folder, 'profiles', name))]))

  const checked = new Map<string, Fields>()

  /** Checks what a profile extends before the profile itself: a mistake is told with the file that it stands in. */
  function fieldsOf (id: string, below: readonly string[]): Fields {
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

  function parentOf (rules: ReturnType<typeof readRuleFile>, parent: unknown, below: readonly string[]): Fields {
    if (typeof parent !== 'string' || !files.has(parent)) throw rules.failure(['extends'], `there is no profile ${JSON.stringify(parent)}`)
    if (below.includes(parent)) throw rules.failure(['extends'], `goes in circles: ${[...below, parent].join(', ')}`)
    return fieldsOf(parent, [...below, parent])
  }

  return new Map([...files.keys()].map(id => [id, { id, ...fieldsOf(id, [id]) } as unknown as Profile]))
}

function loadDisplays (folder: string): Map<string, Display> {
  const rules = readRuleFile(join(folder, 'displays.yaml'))
  createRuleCheck(join(folder, 'schema', 'displays.json'))(rules, rules.value)
  return new Map(Object.entries(rules.value as Record<string, Omit<Display, 'id'>>).map(([id, fields]) => [id, { id, ...fields }]))
}

interface RawClients {
  readonly default: { profile: string, display: string }
  readonly clients: ReadonlyArray<{ name: string, match: string, profile: string, display: string, with?: Fields }>
}

/**
 * Reads and checks everything in rules/ about browsers.
 * @throws RulesError naming file, line, field and reason of the first mistake.
 */
export function loadClientRules (folder: string = OWN_RULES): ClientRules {
  const checkProfile = createProfileCheck(folder)
  const profiles = loadProfiles(folder, checkProfile)
  const displays = loadDisplays(folder)
  const rules = readRuleFile(join(folder, 'clients.yaml'))
  createRuleCheck(join(folder, 'schema', 'clients.json'))(rules, rules.value)
  const raw = rules.value as RawClients

  function named<T> (map: ReadonlyMap<string, T>, id: string, path: string[]): T {
    const found = map.get(id)
    if (found === undefined) throw rules.failure(path, `there is no ${path.at(-1)} ${id}; there are ${[...map.keys()].join(', ')}`)
    return found
  }

  const clients = raw.clients.map((client, index) => {
    const at = ['clients', String(index)]
    const profile = named(profiles, client.profile, [...at, 'profile'])
    const changed = client.with === undefined ? profile : overlay(profile as unknown as Fields, client.with) as unknown as Profile
    if (client.with !== undefined) {
      const { id, ...fields } = changed
      try {
        checkProfile(rules, fields)
      } catch (error) {
        throw error instanceof RulesError ? rules.failure([...at, 'with'], error.message) : error
      }
    }
    return { name: client.name, match: new RegExp(client.match, 'i'), profile: changed, display: named(displays, client.display, [...at, 'display']) }
  })
  return {
    profiles,
    displays,
    clients,
    fallback: { profile: named(profiles, raw.default.profile, ['default', 'profile']), display: named(displays, raw.default.display, ['default', 'display']) }
  }
}
