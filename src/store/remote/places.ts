import { kindOf } from '../entry.js'

/** Before every key, with the version of what stands under them. */
export const PREFIX = 'retrograde:1:'

/** Kinds of values of one person, whose second word says whose: they stand together in one hash, and come together. */
const PERSONAL = new Set(['client', 'cookies', 'errors', 'chain'])
/** Keys whose values all must agree on: whoever is first sets them. */
export const AGREED_KEYS: readonly string[] = ['secret', 'long-secret', 'loop-secret']
/** Kinds that change under their key: they are asked for again although they are known. */
const CHANGING = new Set(['feed'])

/** Where a value stands. */
export interface PersonalPlace {
  readonly person: string
  readonly field: string
}

/** The place of a value of a person; undefined for one that is nobody's. */
export function personalPlace(key: string): PersonalPlace | undefined {
  const kind = kindOf(key)
  if (!PERSONAL.has(kind)) return undefined
  const rest = key.slice(kind.length + 1)
  const person = kindOf(rest)
  return { person, field: kind + rest.slice(person.length) }
}

/** The key of a field of a person. */
export function keyOfField({ person, field }: PersonalPlace): string {
  const kind = kindOf(field)
  return `${kind} ${person}${field.slice(kind.length)}`
}

export const isFirstWins = (key: string): boolean => AGREED_KEYS.includes(key)
export const isChanging = (key: string): boolean => CHANGING.has(kindOf(key))

export const personKey = (person: string): string => `${PREFIX}person:${person}`
export const valueKey = (key: string): string => `${PREFIX}value:${key}`
export const bytesKey = (key: string): string => `${PREFIX}bytes:${key}`
export const countKey = (key: string): string => `${PREFIX}count:${key}`
