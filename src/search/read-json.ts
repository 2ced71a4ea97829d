import type { FoundPage, FoundPages } from '../page/read/read-results.js'
import { isFields } from '../bytes/json-fields.js'
import { isWebAddress } from '../bytes/web-address.js'
import { textOfHtml } from '../page/tree/text-of-html.js'
import { fillAddress, type ResultFields } from './back-ends.js'

/** Of a title or a snippet. */
const MOST_ELEMENTS = 20_000

/** The value at names with dots between them; undefined if there is none. */
function at(value: unknown, path: string): unknown {
  let found = value
  for (const name of path === '' ? [] : path.split('.'))
    found = isFields(found) && Object.hasOwn(found, name) ? found[name] : undefined
  return found
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** Wikipedia writes spaces of a title as underscores in its address. */
const inPath = (title: string): string => encodeURIComponent(title.replaceAll(' ', '_'))

function readOne(item: unknown, fields: ResultFields, values: Readonly<Record<string, string>>): FoundPage[] {
  const plain = (name: string): string => {
    const value = text(at(item, name))
    return fields.markup === true ? textOfHtml(value, MOST_ELEMENTS) : value.replace(/\s+/g, ' ').trim()
  }
  const title = plain(fields.title)
  const url = fillAddress(fields.url === undefined ? (fields.page ?? '') : '{url}', {
    ...values,
    title: inPath(title),
    url: text(at(item, fields.url ?? ''))
  })
  if (url === undefined || !isWebAddress(url) || (fields.url === undefined && title === '')) return []
  return [{ title, url: url.href, snippet: plain(fields.snippet) }]
}

interface Further {
  /** Where the number stands that leads on; empty if nowhere */
  readonly next: string
  /** The number of the page that was asked for, from 1 */
  readonly page: number
}

/** The number that leads on: of the whole answer, or in the last item of a list (Wiby). */
function readNext(answer: unknown, results: readonly unknown[], { next, page }: Further): string | undefined {
  if (next === 'count') return results.length === 0 ? undefined : String(page + 1)
  const found = text(at(answer, next)) || text(at(results.at(-1), next))
  return next !== '' && /^\d{1,6}$/.test(found) ? found : undefined
}

/** What a JSON answer holds; undefined if it is not what the fields say. */
export function readJsonResults(
  source: string,
  fields: ResultFields,
  { values, page }: { values: Readonly<Record<string, string>>; page: number }
): FoundPages | undefined {
  let answer: unknown
  try {
    answer = JSON.parse(source.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
  const list = at(answer, fields.results)
  if (!Array.isArray(list)) return undefined
  const next = readNext(answer, list, { next: fields.next ?? '', page })
  const results = list.flatMap(item => readOne(item, fields, values))
  return next === undefined ? { results } : { results, next }
}
