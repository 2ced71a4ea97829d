import type { Region } from '../content/blocks.js'
import { setOf } from '../content/words.js'

/** Names of the words that a page is filed under, which lead to others of that kind. Words. */
const FILED = setOf(
  'tag tags taglist labels keywords catlinks schlagworte schlagwörter schlagwoerter stichworte stichwörter'.concat(
    ' stichwoerter étiquettes etiquetas etichette trefwoorden tagi etykiety etiketter štítky stitky etiket etiketler метки теги'
  )
)
const FILED_WORDS = 40
/** Where more elements are named so, they are those of entries. Elements. */
const MOST_FILED = 3

/** What a page is filed under; nothing where entries are. */
export function filedIn(regions: readonly Region[]): ReadonlySet<Region> {
  const named = regions.filter(
    ({ names, words, linked }) =>
      words <= FILED_WORDS && linked > 0 && 2 * linked >= words && names.some(name => FILED.has(name))
  )
  const around = new Set(named)
  const outer = named.filter(({ parent }) => parent === undefined || !around.has(parent))
  return outer.length <= MOST_FILED ? around : new Set()
}
