import type { Survey } from '../../content/blocks.js'
import { setOf } from '../../content/words.js'

/** Names of the text of an article are of two words: what it is the text of, and that it is one. */
const ARTICLE = setOf('article story entry post news topic artikel articulo articolo noticia notizia')
const TEXT = setOf('body content text copy texto testo texte inhalt')
/** Elements around a whole page have more names: what kind of page it is, who sees it. */
const MOST_NAMES = 8
/** So much of the running text stands in it: lists of articles name the text of each of them so. Share. */
const LEAST_SHARE = 0.6

/**
 * Whether most of a running text stands in an element that is called the text of an article.
 *
 * @param prose its words before each block, and at the end all of them
 */
export function isNamedText({ regions }: Survey, prose: Float64Array): boolean {
  const all = prose.at(-1)!
  return (
    all > 0 &&
    regions.some(
      ({ names, first, end }) =>
        names.length <= MOST_NAMES &&
        prose[end]! - prose[first]! >= LEAST_SHARE * all &&
        names.some(name => ARTICLE.has(name)) &&
        names.some(name => TEXT.has(name))
    )
  )
}
