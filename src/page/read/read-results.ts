import { decode } from '../../charset/decode.js'
import { isWebAddress } from '../../bytes/web-address.js'
import { parse } from '../tree/parse.js'
import { attribute, bodyOf, contains, elements, plainText, walk, type Element, type Parent } from '../tree/tree.js'

/** One result of a search. */
export interface FoundPage {
  readonly title: string
  /** An absolute address of http or https */
  readonly url: string
  readonly snippet: string
}

/** How a page of results is read: the class names of its parts, and more (rules/schema/search.json). */
export interface ResultClasses {
  readonly result: string
  readonly ad?: string
  readonly link: string
  readonly snippet: string
  readonly own?: string
  readonly unwrap?: { readonly path: string; readonly field: string }
  readonly next?: { readonly form: string; readonly fields: readonly string[]; readonly largest: string }
  readonly none: readonly string[]
}

/** A page of results; `next` is the query of the next page, if there is one. */
export interface FoundPages {
  readonly results: readonly FoundPage[]
  readonly next?: string
}

/** Pages of results have a few thousand elements. */
const MOST_ELEMENTS = 20_000

const hasClass = (element: Element, name: string): boolean =>
  (attribute(element, 'class') ?? '').split(/\s+/).includes(name)

const first = (root: Parent, className: string): Element | undefined =>
  elements(root).find(element => hasClass(element, className))

/**
 * The elements of a class that are not within another one of it, so that their content is read once, however deep they
 * nest.
 */
function outermost(root: Parent, className: string): Element[] {
  const found: Element[] = []
  walk(root, element => {
    if (!hasClass(element, className)) return true
    found.push(element)
    return false
  })
  return found
}

/** The address that a link leads to in the end, if the link goes through a page that counts clicks. */
function realAddress(href: string, base: URL, { unwrap, own }: ResultClasses): URL | undefined {
  if (!URL.canParse(href, base.href)) return undefined
  const url = new URL(href, base.href)
  const inner = unwrap !== undefined && url.pathname.startsWith(unwrap.path) ? url.searchParams.get(unwrap.field) : null
  const real = inner === null ? url : URL.canParse(inner) ? new URL(inner) : undefined
  const isOwn = real !== undefined && own !== undefined && (real.hostname === own || real.hostname.endsWith(`.${own}`))
  return real === undefined || isOwn || !isWebAddress(real) ? undefined : real
}

function readResult(result: Element, base: URL, classes: ResultClasses): FoundPage[] {
  if (classes.ad !== undefined && hasClass(result, classes.ad)) return []
  const link = first(result, classes.link)
  const url = link === undefined ? undefined : realAddress(attribute(link, 'href') ?? '', base, classes)
  if (link === undefined || url === undefined) return []
  const snippet = first(result, classes.snippet)
  return [{ title: plainText(link), url: url.href, snippet: snippet === undefined ? '' : plainText(snippet) }]
}

/** The fields of the form for the next page, as a query. */
function readNext(body: Element, { next }: ResultClasses): string | undefined {
  if (next === undefined) return undefined
  const forms = outermost(body, next.form)
    .map(around => {
      const values = new Map(
        elements(around, 'input').map(input => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? ''])
      )
      return { values, rank: Number(values.get(next.largest) ?? NaN) }
    })
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
  const values = forms[0]?.values
  return values === undefined
    ? undefined
    : new URLSearchParams(
        next.fields.flatMap((name): Array<[string, string]> => {
          const value = values.get(name)
          return value === undefined ? [] : [[name, value]]
        })
      ).toString()
}

/**
 * Reads a page of results; undefined for a page that has none and does not say that there are none.
 * @throws Failure TOO_LARGE
 */
export function readResults(
  bytes: Buffer,
  contentType: string,
  base: URL,
  classes: ResultClasses
): FoundPages | undefined {
  const body = bodyOf(parse(decode(bytes, contentType).text, MOST_ELEMENTS).document)
  if (body === undefined) return undefined
  const results = outermost(body, classes.result).flatMap(result => readResult(result, base, classes))
  if (results.length === 0)
    return contains(body, element => classes.none.some(name => hasClass(element, name))) ? { results } : undefined
  const next = readNext(body, classes)
  return next === undefined ? { results } : { results, next }
}
