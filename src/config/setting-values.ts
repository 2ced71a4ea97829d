import ipaddr from 'ipaddr.js'
import { isPasswordHash } from './password-hash.js'
import { portRange } from './ports.js'
import { HOST_MODE } from './tls-modes.js'
import { inUnit } from './units.js'

type Kind = 'text' | 'integer' | 'choice' | 'list' | 'networks' | 'url' | 'path' | 'ports' | 'modes' | 'users' | 'store'

/** Kinds of values that hold secrets, which are not to be shown. */
export const SECRET_KINDS: ReadonlySet<Kind> = new Set<Kind>(['users', 'store'])

/** One setting: what it takes, what it is if nothing is said, and its line of help. */
export interface Setting<T> {
  readonly kind: Kind
  readonly default: T
  readonly help: string
  readonly unit?: string
  readonly least?: number
  readonly most?: number
  readonly choices?: readonly string[]
}

const asNumber = (value: unknown, unit = ''): number => {
  if (typeof value !== 'string') return typeof value === 'number' ? value : NaN
  return /^\d+$/.test(value.trim()) ? Number(value) : inUnit(value, unit)
}

function asInteger(setting: Setting<unknown>, value: unknown): number | undefined {
  const number = asNumber(value, setting.unit)
  return Number.isInteger(number) && number >= (setting.least ?? -Infinity) && number <= (setting.most ?? Infinity)
    ? number
    : undefined
}

function asList(value: unknown): string[] | undefined {
  if (Array.isArray(value)) return value.every(item => typeof item === 'string') ? value : undefined
  return typeof value === 'string' ? value.split(/[\s,]+/).filter(item => item !== '') : undefined
}

const asChosen = ({ choices }: Setting<unknown>, value: unknown): string[] | undefined => {
  const items = asList(value)
  return choices === undefined || items?.every(item => choices.includes(item)) === true ? items : undefined
}

/** YAML reads on and off as words, other tools as true and false; a flag alone turns something on. */
function asChoice({ choices = [] }: Setting<unknown>, value: unknown): string | undefined {
  const word = typeof value === 'boolean' ? (value ? 'on' : 'off') : value
  return typeof word === 'string' && choices.includes(word) ? word : undefined
}

function asNetworks(value: unknown): string[] | undefined {
  const items = asList(value)
  return items?.every(item => ipaddr.isValid(item) || ipaddr.isValidCIDR(item)) === true ? items : undefined
}

const asPorts = (value: unknown): string[] | undefined => {
  const items = asList(typeof value === 'number' ? String(value) : Array.isArray(value) ? value.map(String) : value)
  return items?.every(item => portRange(item) !== undefined) === true ? items : undefined
}

/** Names that can be typed on every keyboard; each once. */
function asUsers(value: unknown): string[] | undefined {
  const items = asList(value)
  const names = items?.map(item => item.slice(0, Math.max(0, item.indexOf(':')))) ?? []
  const right = names.every(name => /^[\w.-]{1,32}$/.test(name)) && new Set(names).size === names.length
  return right && items?.every((item, at) => isPasswordHash(item.slice(names[at]!.length + 1))) === true
    ? items
    : undefined
}

function asModes(value: unknown): string[] | undefined {
  const items = asList(value)
  return items?.every(item => HOST_MODE.test(item)) === true ? items : undefined
}

function asUrl(value: unknown): string | undefined {
  if (value === '') return ''
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
    ? value
    : undefined
}

const asStore = (value: unknown): string | undefined =>
  typeof value === 'string' && (value === '' || (URL.canParse(value) && isStoreAddress(new URL(value))))
    ? value
    : undefined

const isStoreAddress = ({ protocol, hostname }: URL): boolean => /^rediss?:$/.test(protocol) && hostname !== ''

/** Examples of a value with its own unit. */
const measures = (unit = ''): string =>
  /bytes$/.test(unit) ? ', or as 512k, 4MB' : /seconds$|minutes/.test(unit) ? ', or as 30s, 5m' : ''

/** What a setting takes, in words. */
export function allowedValues(setting: Setting<unknown>): string {
  switch (setting.kind) {
    case 'integer':
      return `a whole number from ${setting.least} to ${setting.most} (${setting.unit})${measures(setting.unit)}`
    case 'choice':
      return (setting.choices ?? []).join(', ')
    case 'list':
      return setting.choices?.join(', ') ?? 'names with commas between them'
    case 'networks':
      return 'networks such as 192.168.0.0/16 with commas between them'
    case 'ports':
      return 'ports and ranges such as 80, 8000-8999'
    case 'modes':
      return 'hosts with off, on or tunnel, such as example.com=tunnel, with commas between them'
    case 'users':
      return 'name:hash with commas between them, the hash from "retrograde hash-password"; each name once, of letters, digits, . _ -'
    case 'store':
      return 'an address such as redis://192.168.1.2:6379/0 or, by TLS, rediss://...'
    case 'url':
      return 'an address such as http://192.168.1.2:3128/'
    default:
      return 'text'
  }
}

/**
 * A value as the setting wants it, from a word of a command line, an environment or a YAML file; undefined if it is not
 * allowed.
 */
export function readValue(setting: Setting<unknown>, value: unknown): unknown {
  switch (setting.kind) {
    case 'integer':
      return asInteger(setting, value)
    case 'choice':
      return asChoice(setting, value)
    case 'list':
      return asChosen(setting, value)
    case 'networks':
      return asNetworks(value)
    case 'ports':
      return asPorts(value)
    case 'users':
      return asUsers(value)
    case 'modes':
      return asModes(value)
    case 'store':
      return asStore(value)
    case 'url':
      return asUrl(value)
    default:
      return typeof value === 'string' ? value : undefined
  }
}
