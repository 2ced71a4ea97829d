import { isFields, type Fields } from '../told/fields.js'
import { own } from './fields.js'
import { isMarkup, isProse, withoutTags } from './prose.js'

/** What an object of the data of a page tells of something; empty where it tells nothing. */
export interface Record {
  readonly title: string
  /** Plain, or HTML */
  readonly text: string
  readonly author: string
  /** ISO 8601 */
  readonly date: string
  /** As the data have it */
  readonly address: string
}

/** The object that a reference stands for, in data where each thing is written once. */
export type Resolve = (reference: unknown) => Fields | undefined

// Names that programs give to their fields, across frameworks and languages of people.
const TITLES = ['title', 'headline', 'name', 'subject', 'heading', 'displayTitle', 'fancy_title']
const TEXTS = ['cooked', 'contentHtml', 'content', 'body', 'html', 'text', 'message', 'comment', 'articleBody']
const SNIPPETS = ['description', 'summary', 'excerpt', 'snippet', 'subtitle', 'abstract', 'teaser', 'dek']
const AUTHORS = ['author', 'user', 'username', 'display_username', 'creator', 'owner', 'postedBy', 'poster', 'byline']
const PEOPLE = ['name', 'displayName', 'display_name', 'username', 'login', 'nickname', 'fullName', 'screen_name']
const DATES = ['created_at', 'createdAt', 'datePublished', 'published_at', 'publishedAt', 'publishDate', 'published']
const LATER_DATES = ['date', 'dateCreated', 'created', 'created_utc', 'timestamp', 'pubDate', 'postedAt', 'uploadDate']
const ADDRESSES = ['url', 'href', 'link', 'permalink', 'canonicalUrl', 'canonical_url', 'webUrl', 'path', 'uri']
/** Never shown as text, whatever they look like: the same in another form, for machines, or about the site. */
const UNREAD =
  /^(raw|markdown|md|source|alt|aria|seo|meta|og|twitter|placeholder|tooltip|error|icon|style|class|query|prompt|copyright|legal|cookie|consent|license)|(json|css|svg|token|hash|key)$/i

/** A longer text is no title, and no name. Characters. */
const TITLE_CHARACTERS = 300
const NAME_CHARACTERS = 80

/** Years of pages. Milliseconds since 1970. */
const [FIRST_TIME, LAST_TIME] = [Date.UTC(1990), Date.UTC(2100)]

/** A text, or the one in an object that holds nothing else to read: WordPress has {rendered}, others {html}. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value
  if (!isFields(value)) return ''
  for (const name of ['rendered', 'html', 'text', 'value', '#text', 'content', 'plain']) {
    const text = own(value, name)
    if (typeof text === 'string') return text
  }
  return ''
}

const plain = (text: string): string => withoutTags(text).replace(/\s+/g, ' ').trim()

const firstText = (fields: Fields, names: readonly string[], most: number): string => {
  for (const name of names) {
    const text = plain(textIn(own(fields, name)).slice(0, 2 * most))
    if (text !== '' && text.length <= most && !/^[{[]|^https?:/.test(text)) return text
  }
  return ''
}

function dateOf(value: unknown): string {
  if (typeof value === 'string') {
    const isDate = /^\d{4}-\d\d-\d\d|^\d{1,2} \w+ \d{4}|^\w{3}, \d|^\w+ \d{1,2}, \d{4}/.test(value) && value.length < 60
    return isDate ? value : ''
  }
  if (typeof value !== 'number') return ''
  const time = value > 1e11 ? value : value * 1000
  return time > FIRST_TIME && time < LAST_TIME ? new Date(time).toISOString().slice(0, 19) + 'Z' : ''
}

const firstDate = (fields: Fields): string => {
  for (const name of [...DATES, ...LATER_DATES]) {
    const date = dateOf(own(fields, name))
    if (date !== '') return date
  }
  return ''
}

/** A person: a text, an object with a name, the first of several, or what stands for one elsewhere. */
function personIn(value: unknown, resolve: Resolve): string {
  const one: unknown = Array.isArray(value) ? value[0] : value
  if (typeof one === 'string') return firstText({ one }, ['one'], NAME_CHARACTERS)
  if (!isFields(one)) return ''
  // A relationship of JSON:API.
  const data = own(one, 'data')
  const named = isFields(data) ? data : one
  const person = resolve(named) ?? named
  const inner = own(person, 'attributes')
  return firstText(isFields(inner) ? inner : person, PEOPLE, NAME_CHARACTERS)
}

function authorOf(fields: Fields, resolve: Resolve): string {
  const relations = own(fields, 'relationships')
  for (const from of isFields(relations) ? [fields, relations] : [fields]) {
    for (const name of AUTHORS) {
      const author = personIn(own(from, name), resolve)
      if (author !== '') return author
    }
  }
  return ''
}

function addressOf(fields: Fields): string {
  for (const name of ADDRESSES) {
    const value = own(fields, name)
    if (typeof value === 'string' && /^(https?:\/\/|\/(?!\/))\S*$/.test(value) && value.length < 2000) return value
  }
  return ''
}

/** Whether a field may be shown as text. */
export const isRead = (name: string): boolean => !UNREAD.test(name)

/** The text of an object: of all that is prose the longest, of nearly as long ones that with markup. */
function proseOf(fields: Fields): string {
  let [longest, markup] = ['', '']
  for (const [name, value] of Object.entries(fields)) {
    const text = textIn(value)
    if (text.length <= Math.max(longest.length, markup.length) || !isRead(name) || !isProse(text)) continue
    if (isMarkup(text)) markup = text
    else longest = text
  }
  return markup.length * 2 >= longest.length ? markup : longest
}

/** What is written to others is a text however short it is. */
const shortText = (fields: Fields): string => {
  for (const name of TEXTS) {
    const text = textIn(own(fields, name))
    if (text.trim() !== '' && /\p{L}/u.test(text) && !/^\s*[{[]|^https?:\S*$/.test(text)) return text
  }
  return ''
}

/** What a list says of its things may be short. */
const snippetOf = (fields: Fields): string => firstText(fields, SNIPPETS, 1000)

/** What is wrapped in an object for its sake: {node} (GraphQL), {attributes} (JSON:API), {data}. */
export function unwrapped(fields: Fields): Fields {
  for (const name of ['node', 'attributes', 'item', 'data']) {
    const inner = own(fields, name)
    if (!isFields(inner)) continue
    return name === 'attributes' ? { ...inner, relationships: own(fields, 'relationships') } : inner
  }
  return fields
}

/** What an object of the data tells. */
export function recordOf(fields: Fields, resolve: Resolve): Record {
  const [author, date, address] = [authorOf(fields, resolve), firstDate(fields), addressOf(fields)]
  const prose = proseOf(fields)
  const text = prose === '' && author !== '' && date !== '' ? shortText(fields) : prose
  return {
    // The name beside an author is the author's.
    title: firstText(fields, author === '' ? TITLES : TITLES.filter(name => name !== 'name'), TITLE_CHARACTERS),
    text: text === '' && address !== '' ? snippetOf(fields) : text,
    author,
    date,
    address
  }
}
