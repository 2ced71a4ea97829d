import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where rules stand: in one folder, or in one with a folder of one's own over it, file by file. */
export type RulesFolder = string | { readonly shipped: string; readonly own: string }

/** A folder of rules with one's own over it, if there is one. @throws Error when that is not there. */
export function withOwn(shipped: string, own: string): RulesFolder {
  if (own === '') return shipped
  if (!existsSync(own)) throw new Error(`own: there is no folder ${own}`)
  return { shipped, own }
}

/** The folder that has all files, and their schemas. */
export const shippedOf = (folder: RulesFolder): string => (typeof folder === 'string' ? folder : folder.shipped)

/** The schema of a kind of rules. */
export const schemaFile = (folder: RulesFolder, name: string): string =>
  join(shippedOf(folder), 'schema', `${name}.json`)

/** A file of rules, and the one of that name in the folder of one's own if it is there: the shipped one first. */
export function layersOf(folder: RulesFolder, name: string): readonly string[] {
  const shipped = join(shippedOf(folder), name)
  if (typeof folder === 'string') return [shipped]
  const own = join(folder.own, name)
  return existsSync(own) ? [shipped, own] : [shipped]
}

/** The YAML files of a folder by their names, in their order; none if it is not there. */
export const filesIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    existsSync(folder)
      ? readdirSync(folder)
          .filter(name => name.endsWith('.yaml'))
          .sort()
          .map(name => [name, join(folder, name)])
      : []
  )

/** The files of a part of the rules by their names, in their order: one's own in the place of those that have its name. */
export function ruleFiles(folder: RulesFolder, part: string): ReadonlyMap<string, string> {
  const shipped = filesIn(join(shippedOf(folder), part))
  if (typeof folder === 'string') return shipped
  return new Map([...shipped, ...filesIn(join(folder.own, part))].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What an entry of a list is known by, in each of the files of rules. */
const NAMES = ['id', 'name', 'title'] as const

function nameOf(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return undefined
  const fields: Readonly<Record<string, unknown>> = { ...entry }
  return fields[NAMES.find(name => name in fields) ?? '']
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/**
 * One's own rules over ours: field by field, or entry by entry in lists, where an own one stands in the place of ours
 * of its name, and others stand before all of ours, because the first that fits decides.
 */
export function overlaid(shipped: unknown, own: unknown): unknown {
  if (!isList(shipped) || !isList(own))
    return typeof shipped === 'object' && typeof own === 'object' ? { ...shipped, ...own } : own
  const named = new Map(own.map(entry => [nameOf(entry), entry]))
  const known = new Set(shipped.map(nameOf))
  return [...own.filter(entry => !known.has(nameOf(entry))), ...shipped.map(entry => named.get(nameOf(entry)) ?? entry)]
}
