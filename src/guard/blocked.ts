import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createRuleCheck, readRuleFile } from '../config/read-rules.js'
import { decodePercent } from '../bytes/decode-percent.js'

/** One line of a block list. */
interface BlockRule {
  readonly hosts: readonly string[]
  /** Beginning of the path; without it the whole host is blocked */
  readonly path?: string
  /** Shown to the person */
  readonly reason?: string
}

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

/** Builds a tree from a list, because lists have thousands of lines and are searched for every request. */
export function createBlockList(rules: readonly BlockRule[]): BlockList {
  const root = newNode()
  for (const rule of rules) for (const host of rule.hosts) plant(root, rule, host)
  return {
    size: rules.reduce((sum, { hosts }) => sum + hosts.length, 0),
    reasonFor({ hostname, pathname }) {
      // Decodes a path as its server does: %61 is a.
      const path = decodePercent(pathname)
      const rule = rulesFor(root, labelsOf(hostname).reverse()).find(
        rule => rule.path === undefined || path.startsWith(decodePercent(rule.path))
      )
      return rule === undefined ? undefined : (rule.reason ?? '')
    }
  }
}

/**
 * The block list of a folder of rules, and one more file (or none, if empty).
 * @throws RulesError naming file, line, field and reason.
 */
export function loadBlockList(folder: string, more: string): BlockList {
  const own = join(folder, 'blocked.yaml')
  const check = createRuleCheck(join(folder, 'schema', 'blocked.json'))
  const files = [...(existsSync(own) ? [own] : []), ...(more === '' ? [] : [more])]
  return createBlockList(
    files.flatMap(file => {
      const rules = readRuleFile(file)
      check(rules, rules.value ?? [])
      return (rules.value ?? []) as BlockRule[]
    })
  )
}
