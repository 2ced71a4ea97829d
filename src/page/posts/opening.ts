import type { Region, Survey } from '../content/blocks.js'
import { wordsIn, type Content } from '../content/content.js'
import { blocksIn } from '../content/regions.js'
import { setOf } from '../content/words.js'
import type { Posts } from './post.js'

/** What sites call a text that their readers have written: one in Markdown, and one of a user. */
const WRITTEN = setOf('md markdown usertext')
/** What they call that with which readers vote. */
const VOTES = setOf('vote votes voters voting votelinks upvote upvotes upvoter')
/** Of the posts, so many must be like what stands above them. Share. */
const LEAST_ALIKE = 0.6
/** From the first of them on, posts hold so much of what the page is about. Share of the words. */
const LEAST_HELD = 0.6

/** Whether most posts hold a region that is called so, and one stands above the first of them. */
function isAlike({ regions }: Survey, { posts }: Posts, names: ReadonlySet<string>): boolean {
  const [first] = posts
  const called = regions.filter(region => region.names.some(name => names.has(name)))
  if (first === undefined || !called.some(({ end, at }) => at < first.region.at && end <= first.region.first))
    return false
  let next = 0
  const holds = (region: Region): boolean => {
    while (next < called.length && called[next]!.at < region.at) next++
    const one = called[next]
    return one !== undefined && one.first >= region.first && one.end <= region.end
  }
  return posts.filter(({ region }) => holds(region)).length >= LEAST_ALIKE * posts.length
}

/** Whether nearly all that a page is about from the first post on stands in posts: they are not those of its entries. */
function areLast({ survey, chosen }: Content, { posts }: Posts): boolean {
  const chosenOf = (blocks: Survey['blocks']): number => wordsIn(blocks.filter(block => chosen.has(block)))
  const held = chosenOf(posts.flatMap(({ region }) => blocksIn(survey, region)))
  return held >= LEAST_HELD * chosenOf(survey.blocks.slice(posts[0]?.region.first))
}

/**
 * Whether what stands above posts is a post as well: a link or a question with its answers, where readers have written
 * both, or vote on both. An article is written by others, and nobody votes on it.
 */
export const isOpenedAlike = (content: Content, posts: Posts): boolean =>
  (isAlike(content.survey, posts, WRITTEN) || isAlike(content.survey, posts, VOTES)) && areLast(content, posts)
