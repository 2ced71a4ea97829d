import type { Region, Survey } from '../content/blocks.js'
import { plainText } from '../tree/tree.js'
import { findPostBodies, type PostBodies } from './post-bodies.js'
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

function postsOf({ name, bodies: all }: PostBodies): Posts {
  const bodies = all.filter((_, at) => !isTwice(all, at))
  const posts = bodies.map((body, at) => {
    const region = postAround(bodies, at)
    return { region, body, ...whoWhenOf(region.element, body.element) }
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
  // Old programs have no names for what they show.
  const rows = found.some(({ posts }) => posts.length > 1) ? undefined : findTablePosts(survey)
  return rows === undefined || !areSigned(rows) ? found : [...found, rows]
}

/** What posts are called that are about the rest of their page. */
const ABOUT = /^(comment|commentbody|reply|response|answer|review)$/

/** Whether posts are about the rest of their page, by their name. */
export const isAbout = ({ name }: Pick<Posts, 'name'>): boolean => ABOUT.test(name)
