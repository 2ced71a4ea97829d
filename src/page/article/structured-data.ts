/** What a page says of its article in JSON-LD (schema.org); empty where it says nothing. */
export interface StructuredArticle {
  readonly title: string
  readonly author: string
  /** As the page has it, mostly ISO 8601 */
  readonly date: string
  /** The whole text: plain, or HTML */
  readonly body: string
}

type Fields = Readonly<Record<string, unknown>>

/** Longer data are lists of goods, not of articles. Characters. */
const MOST_CHARACTERS = 2 * 1024 * 1024
/** Objects that are read, with those in @graph and in nested lists. */
const MOST_OBJECTS = 500
/** A byline that is longer names no author. Characters. */
const AUTHOR_CHARACTERS = 200

/** schema.org types whose articleBody or text is what a person came for. */
const ARTICLE = /(Article|BlogPosting|Posting|Report|NewsItem|Recipe|DiscussionForumPosting)$/

/** What a page is a part of, and no page is about. */
const AROUND = /^(WebSite|Organization|Corporation|NewsMediaOrganization|BreadcrumbList)$/

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/** All objects in a value, with those in lists, @graph and mainEntity. */
function objectsIn(root: unknown): Fields[] {
  const found: Fields[] = []
  const waiting: unknown[] = [root]
  for (let at = 0; at < waiting.length && at < MOST_OBJECTS; at++) {
    const value = waiting[at]
    if (Array.isArray(value)) for (const item of value.slice(0, MOST_OBJECTS)) waiting.push(item)
    else if (isFields(value)) {
      found.push(value)
      for (const name of ['@graph', 'mainEntity', 'mainEntityOfPage'])
        if (typeof value[name] === 'object') waiting.push(value[name])
    }
  }
  return found
}

const isArticle = (fields: Fields): boolean => listOf(fields['@type']).some(type => ARTICLE.test(text(type)))

/** Names of people and papers, which are objects or texts; an address is no name. */
function namesIn(value: unknown): string {
  const names = listOf(value)
    .map(person => (isFields(person) ? text(person.name) : text(person)))
    .filter(name => name !== '' && !/^https?:/i.test(name))
  const all = [...new Set(names)].join(', ')
  return all.length > AUTHOR_CHARACTERS ? '' : all
}

function parsed(source: string): unknown {
  if (source.length > MOST_CHARACTERS) return undefined
  try {
    return JSON.parse(source.replace(/^\s*(<!\[CDATA\[|<!--)|(\]\]>|-->)\s*$/g, ''))
  } catch {
    return undefined
  }
}

/** The subject of a page (a video, say), as its JSON-LD describes it; empty where it says nothing. */
export interface DescribedThing {
  readonly title: string
  readonly description: string
  readonly image: string
  readonly author: string
  readonly date: string
  /** ISO 8601 */
  readonly duration: string
}

const imageIn = (value: unknown): string => {
  const first = listOf(value)[0]
  return isFields(first) ? text(first.url) : text(first)
}

/** The subject by a page's JSON-LD: the object with the longest description. */
export function describedThing(data: readonly string[]): DescribedThing {
  const things = data
    .flatMap(source => objectsIn(parsed(source)))
    .filter(fields => !listOf(fields['@type']).some(type => AROUND.test(text(type))))
    .map(fields => ({
      title: text(fields.name) || text(fields.headline),
      description: text(fields.description),
      image: imageIn(fields.thumbnailUrl) || imageIn(fields.image),
      author: namesIn(fields.author),
      date: text(fields.uploadDate) || text(fields.datePublished),
      duration: text(fields.duration)
    }))
  return (
    things.sort((a, b) => b.description.length - a.description.length)[0] ?? {
      title: '',
      description: '',
      image: '',
      author: '',
      date: '',
      duration: ''
    }
  )
}

/** The article in a page's JSON-LD; of several, the one with the longest text. */
export function structuredArticle(data: readonly string[]): StructuredArticle | undefined {
  const articles = data
    .flatMap(source => objectsIn(parsed(source)))
    .filter(isArticle)
    .map(fields => ({
      title: text(fields.headline) || text(fields.name),
      author: namesIn(fields.author),
      date: text(fields.datePublished) || text(fields.dateCreated),
      body: text(fields.articleBody)
    }))
  return articles.sort((a, b) => b.body.length - a.body.length)[0]
}
