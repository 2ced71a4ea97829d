import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createRemembered } from '../async/remembered.js'
import { decodePercent } from '../bytes/decode-percent.js'
import { createRuleCheck, readRuleFile, RulesError } from '../config/read-rules.js'
import { layersOf, schemaFile, type RulesFolder } from '../config/layers/rules-folder.js'
import type { BlockRule } from './lists/block-rule.js'
import { readBlockText } from './lists/block-text.js'
import { reasonOf } from '../system-error.js'

/** Public addresses that are not fetched all the same. */
export interface BlockList {
  /** The number of its patterns */
  readonly size: number
  /** The reason why an address is blocked (which may be empty), or undefined if it is not. */
  reasonFor(url: URL): string | undefined
}

const labelsOf = (host: string): string[] =>
  host
    .toLowerCase()
    .replace(/^\[|\]$|(?<!\.)\.+$/g, '')
    .split('.')

/** Patterns of hosts as a tree, from the last label to the first; `*` stands for any single label. */
interface Node {
  readonly next: Map<string, Node>
  readonly rules: BlockRule[]
}

const newNode = (): Node => ({ next: new Map(), rules: [] })

function plant(root: Node, rule: BlockRule, host: string): void {
  let node = root
  for (const label of labelsOf(host).reverse()) {
    const next = node.next.get(label) ?? newNode()
    node.next.set(label, next)
    node = next
  }
  node.rules.push(rule)
}

/** All rules for a host and its parent domains. */
function rulesFor(node: Node, labels: readonly string[], found: BlockRule[] = []): BlockRule[] {
  found.push(...node.rules)
  const [label, ...rest] = labels
  for (const name of label === undefined ? [] : [label, '*']) {
    const next = node.next.get(name)
    if (next !== undefined) rulesFor(next, rest, found)
  }
  return found
}

/** Hosts whose rules are known, since they were asked for last, and the longest name of one. */
const MOST_REMEMBERED = 1024
const HOST_CHARACTERS = 253

/** Hosts that are blocked as a whole, which long lists have by the hundred thousand; the others as a tree. */
export function createBlockList(rules: readonly BlockRule[]): BlockList {
  const root = newNode()
  const whole = new Map<string, BlockRule>()
  for (const rule of rules) {
    for (const host of rule.hosts) {
      const name = labelsOf(host).join('.')
      if (rule.path !== undefined || name.includes('*')) plant(root, rule, host)
      else if (!whole.has(name)) whole.set(name, rule)
    }
  }
  /** The rule for a host as a whole, or all that are for one of its paths or for hosts like it. */
  function rulesOf(hostname: string): readonly BlockRule[] {
    const labels = labelsOf(hostname)
    const parents = labels.map((_, at) => labels.slice(-1 - at).join('.'))
    const rule = parents.map(name => whole.get(name)).find(found => found !== undefined)
    return rule === undefined ? rulesFor(root, labels.reverse()) : [rule]
  }
  const known = createRemembered<readonly BlockRule[]>({ most: MOST_REMEMBERED, longest: HOST_CHARACTERS })

  return {
    size: rules.reduce((sum, { hosts }) => sum + hosts.length, 0),
    reasonFor({ hostname, pathname }) {
      const ofHost = known(hostname, () => rulesOf(hostname))
      if (ofHost.length === 0) return undefined
      // Decodes a path as its server does: %61 is a.
      const path = decodePercent(pathname)
      const rule = ofHost.find(({ path: ruled }) => ruled === undefined || path.startsWith(decodePercent(ruled)))
      return rule === undefined ? undefined : (rule.reason ?? '')
    }
  }
}

/** @throws RulesError when it cannot be read, or nothing in it is understood. */
function readTextList(file: string): readonly BlockRule[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new RulesError(`${file}: ${reasonOf(error)}`)
  }
  const { rules, passedOver } = readBlockText(text, `It is in the list ${basename(file)}.`)
  if (rules.length === 0 && passedOver > 0)
    throw new RulesError(
      `${file}: nothing in it is understood; it takes a hosts file, a host in each line, or lines such as ||example.com^`
    )
  return rules
}

export interface BlockListOptions {
  /** One more file, or none if it is empty: YAML like rules/blocked.yaml, else a list in text */
  readonly more: string
  /** Whether the trackers and adverts of rules/trackers.yaml are blocked */
  readonly trackers?: boolean
}

/**
 * The block list of a folder of rules, and one more file.
 * @throws RulesError naming file, line, field and reason.
 */
export function loadBlockList(folder: RulesFolder, { more, trackers = false }: BlockListOptions): BlockList {
  const check = createRuleCheck(schemaFile(folder, 'blocked'))
  const names = ['blocked.yaml', 'blocked.txt', ...(trackers ? ['trackers.yaml'] : [])]
  const files = [...names.flatMap(name => layersOf(folder, name)).filter(file => existsSync(file)), more]
  return createBlockList(
    files.flatMap(file => {
      if (file === '') return []
      if (!/\.ya?ml$/i.test(file)) return readTextList(file)
      const rules = readRuleFile(file)
      check(rules, rules.value ?? [])
      return (rules.value ?? []) as BlockRule[]
    })
  )
}
