import type { Region } from '../content/blocks.js'
import type { Node } from '../tree/tree.js'
import type { WhoWhen } from './names-and-moments.js'

/** A post of a thread, an answer, a comment or a review. */
export interface Post extends WhoWhen {
  /** All of it: who, when, what, and the buttons */
  readonly region: Region
  /** What was written */
  readonly body: Region
  /** What stands in that element and was not written there */
  readonly beside?: ReadonlySet<Node>
}

/** Posts of one kind, in order. */
export interface Posts {
  /** What they are called: post, comment, review */
  readonly name: string
  readonly posts: readonly Post[]
}
