import { readRules } from '../config/read-rules.js'
import type { RulesFolder } from '../config/layers/rules-folder.js'
import type { ResultClasses } from '../page/read/read-results.js'

/** Where things are in a JSON answer: names with dots between them. */
export interface ResultFields {
  readonly results: string
  readonly title: string
  readonly url?: string
  /** Address with {title} in it, where the answer has none */
  readonly page?: string
  readonly snippet: string
  /** Where the number of the next page is; `count`: pages are counted from 1 */
  readonly next?: string
  /** Titles and snippets are HTML */
  readonly markup?: boolean
}

/** Somebody who searches for us, as rules/search.yaml describes them; addresses are templates. */
export interface BackEnd {
  readonly id: string
  readonly title: string
  readonly home: string
  readonly address: string
  readonly next?: string
  readonly json?: ResultFields
  readonly html?: ResultClasses
}

/**
 * The back ends of the search page, in the order of preference.
 * @throws RulesError naming file, line, field and reason.
 */
export function loadBackEnds(folder: RulesFolder): readonly BackEnd[] {
  const rules = readRules<readonly BackEnd[]>(folder, 'search')
  const backEnds = rules.value
  backEnds.forEach(({ id }, at) => {
    if (backEnds.findIndex(other => other.id === id) !== at)
      throw rules.failure([String(at), 'id'], `there are two of the name ${id}`)
  })
  return backEnds
}

/** Fills the names in braces of an address; undefined if the result is none, as without the setting that it needs. */
export function fillAddress(template: string, values: Readonly<Record<string, string>>): URL | undefined {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  return URL.canParse(filled) ? new URL(filled) : undefined
}
