import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { checkedRules, createRuleCheck, readRuleFile, RulesError, type RuleFile } from '../config/read-rules.js'
import { filesIn, ruleFiles, schemaFile, shippedOf, type RulesFolder } from '../config/layers/rules-folder.js'
import { readSelector } from '../page/css/selector.js'
import { createSites, type Sites } from './match.js'
import { namesIn, readPathPattern } from './path-pattern.js'
import type { SiteRule } from '../page/site-rule.js'

/** A domain, as a file is named after it. RFC 1123, 2.1. */
const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/
/** What a rule does; one without any of these does nothing. */
const DEEDS = ['keep', 'remove', 'article', 'redirect', 'userAgent', 'untouched', 'readerFirst', 'summary'] as const
const SELECTORS = ['keep', 'remove', 'article'] as const

interface Entry {
  readonly file: RuleFile
  readonly at: string
  readonly rule: SiteRule
}

/** @param path of the selector within its rule */
function checkSelector(text: string, { file, at }: Entry, path: readonly string[]): void {
  const wrong = (reason: string): Error => file.failure([at, ...path], `${JSON.stringify(text)} ${reason}`)
  const selector = readSelector(text)
  if (selector === undefined)
    throw wrong(
      'is no selector that is understood: it takes tags, #ids, .classes, [attributes], a space or > between them, and no commas'
    )
  const { tag, id, classes, attributes } = selector.compounds[0]
  if (
    tag === 'html' ||
    tag === 'body' ||
    (tag === undefined && id === undefined && classes.length + attributes.length === 0)
  )
    throw wrong('means the whole page')
}

function checkRedirect({ file, at, rule: { redirect, path } }: Entry): void {
  if (redirect === undefined) return
  const known = namesIn(readPathPattern(path ?? '/'))
  for (const [, name = ''] of (redirect.path ?? '').matchAll(/\{(\w+)\}/g)) {
    if (!known.includes(name)) throw file.failure([at, 'redirect', 'path'], `the path of the rule has no {${name}}`)
  }
}

/** What a schema cannot say. */
function checkEntry(entry: Entry): void {
  const { file, at, rule } = entry
  if (!DEEDS.some(deed => rule[deed] !== undefined && rule[deed] !== false))
    throw file.failure([at], `it changes nothing; it takes one of ${DEEDS.join(', ')}`)
  if (rule.untouched === true && (rule.keep ?? rule.remove ?? rule.summary) !== undefined)
    throw file.failure([at, 'untouched'], 'a page that is passed as it is has nothing kept, removed or summed up')
  for (const field of SELECTORS)
    (rule[field] ?? []).forEach((text, number) => checkSelector(text, entry, [field, String(number)]))
  checkRedirect(entry)
}

/** An address that a rule holds for, with a word for each name in its path. */
const exampleOf = ({ site, path }: SiteRule): URL =>
  new URL(`http://${site}${(path ?? '/').replace(/\$$/, '').replace(/\{\w+\}/g, 'x')}`)

/** No address leads to one that leads on: that could go round. */
function checkWays(entries: readonly Entry[], sites: Sites): void {
  for (const { file, at, rule } of entries) {
    const example = exampleOf(rule)
    if (rule.redirect === undefined || sites.find(example) !== rule || sites.alternateSite(example) !== undefined)
      continue
    throw file.failure(
      [at, 'redirect'],
      `from ${example.href} it leads to the same address, or to one that is redirected again`
    )
  }
}

function checkOnce(entries: readonly Entry[]): void {
  const seen = new Set<string>()
  for (const { file, at, rule } of entries) {
    for (const domain of [rule.site, ...(rule.also ?? [])]) {
      const key = `${domain} ${rule.path ?? '/'}`
      if (seen.has(key)) throw file.failure([at], `there is another rule for ${domain}${rule.path ?? ''}`)
      seen.add(key)
    }
  }
}

/** Why a rule stands where it does is asked for in ours: others will read them. */
function withoutWhy(schema: Record<string, unknown>): object {
  const items = { ...(schema.items as object), required: [] }
  return { ...schema, items: { ...items, properties: { ...propertiesOf(items), why: { type: 'string' } } } }
}

const propertiesOf = (items: object): object =>
  'properties' in items && typeof items.properties === 'object' ? { ...items.properties } : {}

export interface SitesOptions {
  /** One more folder, or none if it is empty, whose files go before ours of the same name */
  readonly more: string
  /** Hosts whose pages are passed as they are, whatever rules say of them */
  readonly untouched?: readonly string[]
}

/**
 * The rules of sites in a folder of rules, and in one more folder.
 * @throws RulesError naming file, line, field and reason of the first mistake.
 */
export function loadSites(rulesFolder: RulesFolder, { more, untouched = [] }: SitesOptions): Sites {
  if (more !== '' && !existsSync(more)) throw new RulesError(`sites: there is no folder ${more}`)
  const files = new Map([...ruleFiles(rulesFolder, 'sites'), ...(more === '' ? [] : filesIn(more))])
  const shipped = new Set(ruleFiles(shippedOf(rulesFolder), 'sites').values())
  const checkShipped = createRuleCheck(schemaFile(rulesFolder, 'site'))
  const checkOwn = createRuleCheck(schemaFile(rulesFolder, 'site'), {}, withoutWhy)
  const entries = [...files.values()].flatMap(path => {
    const file = readRuleFile(path)
    const site = basename(path, '.yaml')
    if (!DOMAIN.test(site))
      throw file.failure([], `${site} is no domain: a file is named after its site, as example.org.yaml`)
    const check = shipped.has(path) ? checkShipped : checkOwn
    return checkedRules<ReadonlyArray<Omit<SiteRule, 'site'>>>(file, check).value.map((fields, at): Entry => ({
      file,
      at: String(at),
      rule: { site, ...fields }
    }))
  })
  for (const entry of entries) checkEntry(entry)
  checkOnce(entries)
  const hosts = untouched.map(host => host.toLowerCase())
  const sites = createSites([
    ...hosts.map(site => ({ site, untouched: true })),
    ...entries
      .map(({ rule }) => rule)
      .filter(({ site, also = [] }) => ![site, ...also].some(name => hosts.includes(name)))
  ])
  checkWays(entries, sites)
  return sites
}
