import type { Node } from '../tree/tree.js'
import { textOf } from '../tree/tree.js'
import type { Rows } from './flight.js'
import { isFields, type Fields } from '../told/fields.js'
import { own, parseJson } from './fields.js'
import { lettersInHtml, isProse } from './prose.js'
import { createReactTree, isReactElement, type ReactTree } from './react-tree.js'
import { isRead, recordOf, unwrapped, type Record } from './record.js'
import { LEAST_CHARACTERS, type State } from './state.js'

/** What the data of a page have for people, piece by piece in their order. */
export type Piece =
  | { readonly kind: 'post' | 'text'; readonly record: Record }
  | { readonly kind: 'list'; readonly records: readonly Record[] }
  | { readonly kind: 'nodes'; readonly nodes: readonly Node[] }

/** Values of one page that are looked at. */
const MOST_VALUES = 200_000
/** Values within values; what is deeper is not looked at. Levels. */
const MOST_DEPTH = 60
/** JSON as a text within JSON (Discourse has it). Levels. */
const MOST_NESTED = 3
/** Such texts of one page together. Characters. */
const MOST_NESTED_CHARACTERS = 4 * 1024 * 1024
/** Pieces of one page. */
const MOST_PIECES = 500
/** Entries of one list. */
const MOST_ENTRIES = 200
/** Fewer are no list of things. */
const LEAST_ENTRIES = 3
/** So much of the beginning tells whether two texts are the same. Letters. */
const SAME_LETTERS = 60
/** Shorter texts stand in others by chance. Letters. */
const LEAST_KNOWN = 20
/** More texts than these in one object, and hardly anything else, are the words of a program. Fields. */
const MOST_WORDS = 12

/** Names of what holds the words of the program, and how it is set. */
const SETTINGS =
  /^(i18n|l10n|intl|locales?|translations?|messages?Bundle|strings|phrases|dictionary|dictionaries|lang|resources?Strings|config|configuration|runtimeConfig|publicRuntimeConfig|settings|siteSettings|env|features?|featureFlags|flags|experiments?|theme|styles|consent|cookies?|gdpr|analytics|tracking|ads?|advertising|seo|metadata|meta|head|schema|query|queryString|icons?|emojis?|emoji)$/i
/** Things of JSON-LD that are not what a page is about. */
const ASIDE =
  /^(BreadcrumbList|SiteNavigationElement|Organization|WebSite|WebPage|ImageObject|Person|Corporation|NewsMediaOrganization)$/

const isDictionary = (fields: Fields): boolean => {
  const values = Object.values(fields)
  return values.length > MOST_WORDS && values.filter(value => typeof value === 'string').length >= values.length * 0.9
}

const isAside = (fields: Fields): boolean => {
  const type = own(fields, '@type')
  return typeof type === 'string' && ASIDE.test(type)
}

const isThing = ({ title, address }: Record): boolean => title !== '' && address !== ''

/** Objects by the names that others refer to them with, in data where each stands once. */
type References = Map<string, Fields>

const referenceOf = (value: unknown): string => {
  if (!isFields(value)) return ''
  const [ref, type, id] = [own(value, '__ref'), own(value, 'type'), own(value, 'id')]
  if (typeof ref === 'string') return ref
  if (typeof id !== 'string' && typeof id !== 'number') return ''
  return typeof type === 'string' && type !== 'id' ? `${type}:${id}` : String(id)
}

/** Finds what people can read in the data of a page, by its shape, in time that grows with its size. */
class PieceFinder {
  readonly pieces: Piece[] = []
  readonly #places = new Map<string, number>()
  readonly #seen = new Set<unknown>()
  readonly #references: References = new Map()
  readonly #tree: ReactTree
  #values = MOST_VALUES
  #nested = MOST_NESTED_CHARACTERS

  /** @param known letters of what the page says already */
  constructor(
    { rows }: State,
    readonly known: string
  ) {
    this.#tree = createReactTree(rows)
  }

  readonly #resolve = (value: unknown): Fields | undefined => this.#references.get(referenceOf(value))

  /** Adds a piece, unless it is there: of two that begin alike the longer one counts. */
  #add(piece: Piece, text: string): void {
    const letters = lettersInHtml(text.slice(0, 20 * SAME_LETTERS)).slice(0, SAME_LETTERS)
    if (letters === '' || (letters.length > LEAST_KNOWN && this.known.includes(letters))) return
    const place = this.#places.get(letters)
    if (place === undefined) {
      if (this.pieces.length < MOST_PIECES) this.#places.set(letters, this.pieces.push(piece) - 1)
      return
    }
    const there = this.pieces[place]
    if (piece.kind === 'post' || piece.kind === 'text') {
      if (there?.kind === 'text' || (there?.kind === 'post' && piece.kind === 'post'))
        if (piece.record.text.length > there.record.text.length) this.pieces[place] = piece
    }
  }

  /** Notes what an object is referred to by. */
  #note(name: string, fields: Fields): void {
    if (name.includes(':')) this.#references.set(name, fields)
    const [type, id] = [own(fields, 'type'), own(fields, 'id')]
    if (typeof type === 'string' && typeof id === 'string' && isFields(own(fields, 'attributes')))
      this.#references.set(`${type}:${id}`, fields)
  }

  /** Goes through all objects once: what refers to others may stand before them. */
  noteAll(value: unknown): void {
    const stack: unknown[] = [value]
    let left = MOST_VALUES
    for (let at = stack.pop(); at !== undefined && left-- > 0; at = stack.pop()) {
      if (typeof at !== 'object' || at === null || this.#seen.has(at)) continue
      this.#seen.add(at)
      for (const [name, inner] of Object.entries(at)) {
        if (isFields(inner)) this.#note(name, inner)
        if (typeof inner === 'object' && inner !== null) stack.push(inner)
      }
    }
  }

  /** Begins anew with what has been seen. */
  forget(): void {
    this.#seen.clear()
  }

  #text(text: string, name: string, nested: number): void {
    if (nested < MOST_NESTED && text.length >= LEAST_CHARACTERS && /^\s*[{[]/.test(text)) {
      this.#nested -= text.length
      const value = this.#nested < 0 ? undefined : parseJson(text)
      if (typeof value === 'object') return this.walk(value, name, { depth: 0, nested: nested + 1 })
    }
    if (isRead(name) && isProse(text))
      this.#add({ kind: 'text', record: { title: '', text, author: '', date: '', address: '' } }, text)
  }

  /** Whether a list is one of things that links lead to; it is taken as a whole then. */
  #list(items: readonly unknown[]): boolean {
    const objects = items.slice(0, MOST_ENTRIES).filter(isFields)
    if (objects.length < LEAST_ENTRIES || objects.length * 2 < items.length) return false
    const records = objects.map(fields => recordOf(unwrapped(fields), this.#resolve))
    const things = records.filter(isThing)
    if (things.length < records.length * 0.8) return false
    const long = things.filter(
      ({ text, author, date }) => text.length > 1000 || (author !== '' && date !== '' && text.length > 400)
    )
    if (long.length * 2 > things.length) return false
    this.#add({ kind: 'list', records: things }, things.map(({ title }) => title).join(' '))
    return true
  }

  #fields(fields: Fields, at: { readonly depth: number; readonly nested: number }): void {
    if (isAside(fields)) return
    const inner = own(fields, 'attributes')
    // Its author stands beside its attributes: it is told with both.
    if (isFields(inner)) this.#seen.add(inner)
    const record = recordOf(isFields(inner) ? unwrapped(fields) : fields, this.#resolve)
    const isPost = record.text !== '' && record.author !== '' && record.date !== ''
    const isTold = isPost || (record.text !== '' && record.title !== '')
    if (isTold)
      this.#add(
        { kind: isPost ? 'post' : 'text', record },
        `${isPost ? `${record.author}${record.date}` : ''}${record.text}`
      )
    const texts = !isTold && !isDictionary(fields)
    for (const [key, value] of Object.entries(fields)) {
      if (typeof value === 'string') {
        if (texts || /^\s*[{[]/.test(value)) this.#text(value, key, at.nested)
      } else if (!SETTINGS.test(key)) this.walk(value, key, { depth: at.depth + 1, nested: at.nested })
    }
  }

  /** The tree that React begins with, what its components were given, and rows that are in no tree. */
  walkRows(rows: Rows): void {
    const walk = (value: unknown): void => this.walk(value, '', { depth: 0, nested: 0 })
    walk(rows.get('0'))
    for (const [number, value] of rows) if (number !== '0' && !this.#tree.used.has(number)) walk(value)
    for (const value of this.#tree.given) walk(value)
  }

  walk(value: unknown, name: string, at: { readonly depth: number; readonly nested: number }): void {
    if (this.#values-- <= 0 || at.depth > MOST_DEPTH) return
    if (typeof value === 'string') return this.#text(value, name, at.nested)
    if (typeof value !== 'object' || value === null || this.#seen.has(value)) return
    this.#seen.add(value)
    if (isReactElement(value)) {
      const nodes = this.#tree.nodesOf(value)
      this.#add(
        { kind: 'nodes', nodes },
        nodes.map(node => ('value' in node ? node.value : 'childNodes' in node ? textOf(node) : '')).join(' ')
      )
    } else if (!Array.isArray(value)) this.#fields(value as Fields, at)
    else if (!this.#list(value))
      for (const item of value) this.walk(item, name, { depth: at.depth + 1, nested: at.nested })
  }
}

/** What people can read in the data of a page. */
export function findPieces(state: State, known: string): readonly Piece[] {
  const finder = new PieceFinder(state, known)
  finder.noteAll([...state.values, ...state.rows.values()])
  finder.forget()
  for (const value of state.values) finder.walk(value, '', { depth: 0, nested: 0 })
  finder.walkRows(state.rows)
  return finder.pieces
}
