import type { Element } from '../tree/tree.js'

/** The article of a page. */
export interface Article {
  readonly title: string
  readonly byline: string
  /** When it was published, as the page says it */
  readonly date: string
  /** A DIV that stands in no tree yet */
  readonly content: Element
  /** Of its text. Characters */
  readonly length: number
}
