import type { Element } from '../tree/tree.js'

/** The article of a page. */
export interface Article {
  readonly title: string
  readonly byline: string
  /** When it was published, as the page says it */
  readonly date: string
  /** What stands under the title instead of author and date: price, place, yield */
  readonly facts?: readonly string[]
  /** What was written about it, on a page of its own, and how much of that there is */
  readonly comments?: { readonly name: string; readonly count: number }
  /** A DIV that stands in no tree yet */
  readonly content: Element
  /** Of its text. Characters */
  readonly length: number
}
