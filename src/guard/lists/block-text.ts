import { isIP } from 'node:net'
import type { BlockRule } from './block-rule.js'

/** What a list in text says. */
export interface BlockText {
  readonly rules: readonly BlockRule[]
  /** Lines that say something that a proxy cannot tell (what asks for it, patterns), and are passed over */
  readonly passedOver: number
}

const HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)+[a-z0-9-]{2,63}$/i
/** Of EasyList: a host, and perhaps the beginning of a path; options that a proxy need not know may follow. */
const NETWORK_RULE = /^(@@)?\|\|([a-z0-9_.-]+)(?:\^|(\/[^*^|$]*))?(?:\$(?:important|all))?$/i
/** Names that hosts files have for the machine itself. */
const OWN_NAMES = /^(?:localhost|localhost\.localdomain|local|broadcasthost|ip6-\w+|0\.0\.0\.0)$/i

interface Line {
  readonly hosts: readonly string[]
  readonly path?: string
  readonly isException?: boolean
}

/** What a line blocks, or undefined if that cannot be told. */
function readLine(line: string): Line | undefined {
  const words = line.replace(/\s#.*/, '').trim().split(/\s+/)
  const [first = '', ...names] = words
  if (names.length > 0 && isIP(first) !== 0) return { hosts: names.filter(name => HOST.test(name)) }
  if (names.length > 0) return undefined
  if (HOST.test(first)) return { hosts: [first] }
  const [, exception, host = '', path] = NETWORK_RULE.exec(first) ?? []
  if (!HOST.test(host)) return undefined
  return { hosts: [host], isException: exception !== undefined, ...(path === undefined ? {} : { path }) }
}

const isRemark = (line: string): boolean => /^\s*(?:$|[#!]|\[Adblock)/i.test(line)

/**
 * Reads a hosts file, a list of hosts, or network rules of EasyList for whole hosts or the beginning of their paths.
 * @param reason shown to the person
 */
export function readBlockText(text: string, reason: string): BlockText {
  const lines = text.split(/\r?\n/).filter(line => !isRemark(line))
  const read = lines.map(readLine).filter(line => line !== undefined)
  const keyOf = (host: string, path = ''): string => host.toLowerCase() + path
  const excepted = new Set(
    read.filter(({ isException }) => isException).flatMap(({ hosts, path }) => hosts.map(host => keyOf(host, path)))
  )
  const rules = read
    .filter(({ isException }) => isException !== true)
    .map(({ hosts, path }) => ({
      hosts: hosts.filter(host => !OWN_NAMES.test(host) && !excepted.has(keyOf(host, path))),
      ...(path === undefined ? {} : { path }),
      reason
    }))
    .filter(({ hosts }) => hosts.length > 0)
  return { rules, passedOver: lines.length - read.length }
}
