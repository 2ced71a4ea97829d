import type { Fallbacks } from '../charset/fallbacks.js'
import type { ContentModel } from './content/content-model.js'
import type { ReadSheets } from './css/sheets/read-sheets.js'
import type { PageLines } from './lines/page-lines.js'
import type { ShareWords } from './shares/share-words.js'
import type { WallRules } from './wall-rules.js'

/** What a converter of pages knows beforehand: of rules, of what was learnt, of style sheets. */
export interface PageKnowledge {
  readonly fallbacks: Fallbacks
  /** Finds how likely the blocks of a page are what it is about */
  readonly contentModel: ContentModel
  /** Reads style sheets, and remembers those that it has read */
  readonly readSheets: ReadSheets
  /** What shares a page */
  readonly shareWords: ShareWords
  /** What lines around the subject of a page say */
  readonly pageLines: PageLines
  /** Who stands before the pages of sites */
  readonly walls: WallRules
}
