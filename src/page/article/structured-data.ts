import { imageIn, listOf, namesIn, textIn } from '../told/fields.js'
import { toldOf, type Told } from '../told/told.js'

/** What a page says of its article in its data (schema.org); empty where it says nothing. */
export interface StructuredArticle {
  readonly title: string
  readonly author: string
  /** As the page has it, mostly ISO 8601 */
  readonly date: string
  /** The whole text: plain, or HTML */
  readonly body: string
}

/** schema.org types whose articleBody is what a person came for. */
const ARTICLE = /(Article|BlogPosting|Posting|Report|NewsItem|Recipe|DiscussionForumPosting)$/

/** What a page is a part of, and no page is about. */
const AROUND = /^(WebSite|Organization|Corporation|NewsMediaOrganization|BreadcrumbList)$/

/** The subject of a page (a video, say), as its data describe it; empty where they say nothing. */
export interface DescribedThing {
  readonly title: string
  readonly description: string
  readonly image: string
  readonly author: string
  readonly date: string
  /** ISO 8601 */
  readonly duration: string
}

/** The subject of a page: the object with the longest description. */
export function describedThing(told: Told): DescribedThing {
  const things = told
    .filter(fields => !listOf(fields['@type']).some(type => AROUND.test(textIn(type))))
    .map(fields => ({
      title: textIn(fields.name) || textIn(fields.headline),
      description: textIn(fields.description),
      image: imageIn(fields.thumbnailUrl) || imageIn(fields.image),
      author: namesIn(fields.author),
      date: textIn(fields.uploadDate) || textIn(fields.datePublished),
      duration: textIn(fields.duration)
    }))
  const [first] = things.sort((a, b) => b.description.length - a.description.length)
  if (first === undefined) return { title: '', description: '', image: '', author: '', date: '', duration: '' }
  // Several that nothing is said of are entries: who has made the first of them has not made the page.
  const areEntries = first.description === '' && new Set(things.map(({ author }) => author)).size > 1
  return areEntries ? { ...first, author: '' } : first
}

/** The whole text, which some write as a list of paragraphs. */
const bodyIn = (value: unknown): string => listOf(value).map(textIn).join('\n')

/** The article in the data of a page; of several, the one with the longest text. */
export function structuredArticle(told: Told): StructuredArticle | undefined {
  const articles = toldOf(told, ARTICLE).map(fields => ({
    title: textIn(fields.headline) || textIn(fields.name),
    author: namesIn(fields.author),
    date: textIn(fields.datePublished) || textIn(fields.dateCreated),
    body: bodyIn(fields.articleBody)
  }))
  return articles.sort((a, b) => b.body.length - a.body.length)[0]
}
