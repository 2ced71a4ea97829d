import type { Region, Survey } from '../content/blocks.js'
import { isElement, plainText, textStart, type Element } from '../tree/tree.js'
import { findBareComments } from './bare-comments.js'
import { findPostBodies, type PostBodies } from './post-bodies.js'
import { MOST_NAME, MOST_WHEN, momentOf, nameOf, type WhoWhen } from './names-and-moments.js'
import type { Posts } from './post.js'
import { findTablePosts } from './table-posts.js'
import { whoWhenOf } from './who-when.js'

/** A post alone on its page is the element around its text that holds so few words more. Words. */
const MOST_BESIDES = 60

/** The outermost element around the text of a post that holds no other of them. */
function postAround(bodies: readonly Region[], at: number): Region {
  const body = bodies[at]!
  const least = bodies[at - 1]?.end ?? 0
  const most = bodies[at + 1]?.first ?? Infinity
  let region = body
  for (let up = region.parent; up?.parent !== undefined; up = up.parent) {
    if (up.first < least || up.end > most) break
    if (bodies.length === 1 && up.words > body.words + MOST_BESIDES) break
    region = up
  }
  return region
}

/** Some pages hold their first post twice, once hidden. */
const isTwice = (bodies: readonly Region[], at: number): boolean => {
  const [one, next] = [bodies[at], bodies[at + 1]]
  return one !== undefined && one.words === next?.words && plainText(one.element) === plainText(next.element)
}

const lineOf = (element: Element | undefined, most: number): string =>
  element === undefined ? '' : textStart(element, most + 1).replace(/\s+/g, ' ')

/** Who has written each post that is the definition of a term: "Anna said" above it, and when below it. */
function termsAbove(list: Element): Map<Element, WhoWhen> {
  const said = new Map<Element, WhoWhen>()
  const parts = list.childNodes.filter(isElement)
  for (const [at, part] of parts.entries()) {
    const [above, below] = [parts[at - 1], parts[at + 1]]
    if (part.tagName !== 'dd' || above?.tagName !== 'dt') continue
    const when = momentOf(lineOf(below?.tagName === 'dd' ? below : undefined, MOST_WHEN))
    said.set(part, { who: nameOf(lineOf(above, 2 * MOST_NAME)), when })
  }
  return said
}

function postsOf({ name, bodies: all }: PostBodies): Posts {
  const bodies = all.filter((_, at) => !isTwice(all, at))
  const lists = new Map<Element, Map<Element, WhoWhen>>()
  const termAbove = ({ element, parent }: Region): WhoWhen | undefined => {
    if (element.tagName !== 'dd' || parent === undefined) return undefined
    const said = lists.get(parent.element) ?? termsAbove(parent.element)
    lists.set(parent.element, said)
    return said.get(element)
  }
  const posts = bodies.map((body, at) => {
    const region = postAround(bodies, at)
    const found = whoWhenOf(region.element, body.element)
    return { region, body, ...(found.who === '' ? (termAbove(region) ?? found) : found) }
  })
  return { name, posts }
}

/** Of the posts of one kind, so many must say who wrote them. Share. */
const LEAST_SIGNED = 0.6

/** Posts that say who wrote them. */
const areSigned = ({ posts }: Posts): boolean =>
  posts.filter(({ who }) => who !== '').length >= LEAST_SIGNED * posts.length

/**
 * The posts of a page that say who wrote them, by their kind. One that stands alone counts where it is about the rest
 * of its page, and on a page that is a thread: on others it is the article.
 */
export function findPosts(survey: Survey, isThread: boolean): Posts[] {
  const found = findPostBodies(survey)
    .filter(group => isThread || group.bodies.length > 1 || isAbout(group))
    .map(postsOf)
    .filter(areSigned)
  const bare = found.some(isAbout) ? undefined : findBareComments(survey)
  if (bare !== undefined) found.push(bare)
  // Old programs have no names for what they show.
  const rows = found.some(({ posts }) => posts.length > 1) ? undefined : findTablePosts(survey)
  return rows === undefined || !areSigned(rows) ? found : [...found, rows]
}

/** What posts are called that are about the rest of their page. */
const ABOUT = /^(comment|commentbody|reply|response|answer|review)$/

/** Whether posts are about the rest of their page, by their name. */
export const isAbout = ({ name }: Pick<Posts, 'name'>): boolean => ABOUT.test(name)

/** Whether posts answer a question, by their name. */
export const isAnswer = (name: string): boolean => name === 'answer'
