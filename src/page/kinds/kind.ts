import type { Article } from '../article/article.js'
import type { Block } from '../content/blocks.js'
import type { Content } from '../content/content.js'
import type { Told } from '../told/told.js'
import type { Offered } from './offered.js'
import type { Page } from '../step.js'

/** What is known of a page before anything is taken out of it. */
export interface Subject {
  readonly page: Page
  readonly url: URL
  readonly content: Content
  readonly told: Told
  /** What the page has to sell, if it is about one thing */
  readonly offered: Offered | undefined
  /** What the reader is to show */
  readonly blocks: ReadonlySet<Block>
}

/** Gives what was taken out of a page the form of its kind. */
export type Dress = (article: Article) => Article

/** A kind of page: it looks at the whole page, and is undefined where the page is none of this kind. */
export type Kind = (subject: Subject) => Dress | undefined
