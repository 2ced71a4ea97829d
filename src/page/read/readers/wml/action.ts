import { isWmlElement, wmlElements, type WmlElement } from './deck.js'

/** What a DO, an ANCHOR or an OPTION leads to. */
export interface WmlAction {
  /** As the deck has it, with its variables */
  readonly href: string
  readonly method: 'get' | 'post'
  /** What is sent besides: names and values, with their variables */
  readonly fields: ReadonlyArray<readonly [name: string, value: string]>
}

/** A variable: $(name), $(name:escape) or $name; $$ is a dollar. */
const VARIABLES = /\$(?:\$|\(\s*([A-Za-z_]\w*)\s*(?::\w+)?\)|([A-Za-z_]\w*))/g

/** A text whose variables have their values: what nobody has set yet is empty, as on a telephone. */
export const withValues = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(VARIABLES, (whole, bracketed?: string, bare?: string) =>
    whole === '$$' ? '$' : (values.get(bracketed ?? bare ?? '') ?? '')
  )

/** The variable that a text consists of, if it is nothing else. */
export function variableOf(text: string): string | undefined {
  const [match, ...more] = text.trim().matchAll(VARIABLES)
  return match !== undefined && more.length === 0 && match[0] === text.trim() ? (match[1] ?? match[2]) : undefined
}

/** Where an element leads; undefined for one that leads back, or nowhere. */
export function actionOf(element: WmlElement): WmlAction | undefined {
  const [go] = element.name === 'go' ? [element] : wmlElements(element, 'go')
  const href = go?.attributes.href?.trim()
  if (go === undefined || href === undefined) return undefined
  return {
    href,
    method: go.attributes.method?.trim().toLowerCase() === 'post' ? 'post' : 'get',
    fields: go.children
      .filter(isWmlElement)
      .filter(({ name, attributes }) => name === 'postfield' && attributes.name !== undefined)
      .map(({ attributes }) => [attributes.name ?? '', attributes.value ?? ''])
  }
}

/** The query of an address as fields, beside what is before it: a form by GET replaces the query of its address. */
export function queryAsFields(action: WmlAction): WmlAction {
  const [, path = '', query, place = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(action.href) ?? []
  if (query === undefined || action.method === 'post') return action
  const fields = query
    .split(/&(?:amp;)?/)
    .filter(pair => pair !== '')
    .map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    })
  return { href: path + place, method: 'get', fields: [...fields, ...action.fields] }
}

/** The variables that an action sends. */
export function variablesSent({ href, fields }: WmlAction): Set<string> {
  const texts = [href, ...fields.map(([, value]) => value)]
  return new Set(
    texts.flatMap(text => [...text.matchAll(VARIABLES)].map(([, bracketed, bare]) => bracketed ?? bare ?? ''))
  )
}
