import { nodesOf } from '../article/keep-blocks.js'
import { contentOf } from '../article/told-text.js'
import type { Survey } from '../content/blocks.js'
import { blocksIn } from '../content/regions.js'
import type { PageLines } from '../lines/page-lines.js'
import { isFields, listOf, namesIn, textIn, type Fields } from '../told/fields.js'
import type { Told } from '../told/told.js'
import { dateText } from '../read/date-text.js'
import { append, createElement, type Element } from '../tree/tree.js'
import { isAbout } from './find-posts.js'
import type { Post, Posts } from './post.js'
import { shownPost, takePosts, writtenIn } from './show-posts.js'

/** Comments in the data of a page that are shown. */
const MOST_TOLD = 200

/** What was written about the content of a page. */
export interface Comments {
  /** As a link calls it */
  readonly name: 'Comments' | 'Reviews'
  readonly count: number
  /** Those on the page; none where only its data hold them */
  readonly posts: readonly Post[]
  readonly told: readonly Fields[]
}

const isWritten = (fields: unknown): fields is Fields =>
  isFields(fields) && textIn(fields.text ?? fields.reviewBody ?? fields.description) !== ''

/** The comments and reviews that data hold. */
const toldComments = (told: Told): Fields[] =>
  told
    .flatMap(fields => [...listOf(fields.comment), ...listOf(fields.review), ...listOf(fields.reviews)])
    .filter(isWritten)
    .slice(0, MOST_TOLD)

/** The comments or reviews of a page that is no thread. */
export function commentsOf(groups: readonly Posts[], told: Told): Comments | undefined {
  const posts = groups.filter(isAbout).sort((one, other) => wordsIn(other) - wordsIn(one))[0]
  const data = posts === undefined ? toldComments(told) : []
  const count = posts?.posts.length ?? data.length
  if (count === 0) return undefined
  const isReview =
    posts === undefined ? data.some(({ reviewBody }) => reviewBody !== undefined) : posts.name === 'review'
  return { name: isReview ? 'Reviews' : 'Comments', count, posts: posts?.posts ?? [], told: data }
}

const wordsIn = ({ posts }: Posts): number => posts.reduce((sum, { body }) => sum + body.words, 0)

/** The blocks of comments, which stand on a page of their own. */
export const blocksOfComments = (survey: Survey, { posts }: Comments) =>
  posts.flatMap(({ region }) => blocksIn(survey, region))

function shownFields(fields: Fields, isFirst: boolean): Element {
  const when = textIn(fields.dateCreated ?? fields.datePublished)
  const text = contentOf(textIn(fields.text ?? fields.reviewBody ?? fields.description))
  return shownPost({ who: namesIn(fields.author), when: when === '' ? '' : dateText(when) }, isFirst, text)
}

/** Takes the comments out of a page. */
export function takeComments(survey: Survey, { posts, told }: Comments, lines: PageLines): Element {
  if (posts.length > 0)
    return takePosts(posts, nodesOf(survey, new Set(posts.flatMap(post => writtenIn(survey, post, lines)))))
  const all = createElement('div')
  told.forEach((fields, at) => append(all, shownFields(fields, at === 0)))
  return all
}
