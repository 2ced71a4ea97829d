import { decodeQuery, readQuery } from '../charset/read-query.js'
import { siteCharset, siteIconvName } from '../charset/site-charset.js'
import { readRules } from '../config/read-rules.js'
import type { RulesFolder } from '../config/layers/rules-folder.js'

/** The pages of results of a search engine, as rules/search-engines.yaml describes them. */
export interface Engine {
  readonly name: string
  readonly hosts: readonly string[]
  readonly paths: readonly string[]
  readonly query: string
  readonly charset?: string
  readonly only?: Readonly<Record<string, readonly string[]>>
}

/**
 * The search engines in whose place our own search answers.
 * @throws RulesError naming file, line, field and reason.
 */
export const loadEngines = (folder: RulesFolder): readonly Engine[] =>
  readRules<readonly Engine[]>(folder, 'search-engines').value

/** The end of a name in a country: de, com, co.uk, com.br. */
const COUNTRY = /^(com|[a-z]{2}|com?\.[a-z]{2})$/

function isHost(pattern: string, hostname: string): boolean {
  const name = hostname.replace(/^www\./, '')
  if (pattern.startsWith('*.')) return name === pattern.slice(2) || name.endsWith(pattern.slice(1))
  if (!pattern.endsWith('.*')) return name === pattern
  const start = pattern.slice(0, -1)
  return name.startsWith(start) && COUNTRY.test(name.slice(start.length))
}

const isOnly = (fields: URLSearchParams, only: Engine['only'] = {}): boolean =>
  Object.entries(only).every(([name, values]) => {
    const value = fields.get(name)
    return value === null || values.includes(value)
  })

/**
 * The words that a search engine is asked for by an address; undefined if it is not one of its pages of results. They
 * are in the charset that the address names, in UTF-8, or in the one in which the client types.
 */
export function wordsAsked(url: URL, engines: readonly Engine[], clientCharset: string): string | undefined {
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : '/'
  const engine = engines.find(
    ({ hosts, paths }) => paths.includes(path) && hosts.some(host => isHost(host, url.hostname))
  )
  if (engine === undefined || url.search === '') return undefined
  const query = url.search.slice(1)
  const fields = readQuery(query, clientCharset)
  const named = engine.charset === undefined ? undefined : siteCharset(fields.get(engine.charset) ?? '')
  const words = (named === undefined ? fields : decodeQuery(query, siteIconvName(named))).get(engine.query)?.trim()
  return words === undefined || words === '' || !isOnly(fields, engine.only) ? undefined : words
}
