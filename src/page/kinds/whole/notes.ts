import type { Block, Region, Survey } from '../../content/blocks.js'
import { wordsIn } from '../../content/content.js'
import { blocksIn } from '../../content/regions.js'
import { setOf } from '../../content/words.js'
import { attribute, closest, contains } from '../../tree/tree.js'

/** Names of the notes below a text. */
const NOTES = setOf('footnote footnotes endnote endnotes fussnoten notes')
/** Notes that are more of what is shown say something of their own. Share of words. */
const MOST_OF_SHOWN = 0.1

/** The places of the page to which the links of a text lead. */
function placesOf(shown: ReadonlySet<Block>): ReadonlySet<string> {
  const places = new Set<string>()
  for (const { texts, links } of shown)
    for (const text of links > 0 ? texts : []) {
      const link = closest(text, 'a')
      const place = link === undefined ? undefined : /^[^#]{0,300}#(.+)$/.exec(attribute(link, 'href') ?? '')?.[1]
      if (place !== undefined) places.add(place)
    }
  return places
}

/** The notes below a text to which marks in it lead. */
export function notesIn(survey: Survey, shown: ReadonlySet<Block>): readonly Block[] {
  const named = survey.regions.filter(({ names, words }) => words > 0 && names.some(name => NOTES.has(name)))
  if (named.length === 0) return []
  const places = placesOf(shown)
  const isLedTo = ({ element }: Region): boolean =>
    contains(element, inner => places.has(attribute(inner, 'id') ?? '') || places.has(attribute(inner, 'name') ?? ''))
  const notes = new Set(named.filter(isLedTo).flatMap(region => blocksIn(survey, region)))
  return wordsIn(notes) <= MOST_OF_SHOWN * wordsIn(shown) ? [...notes] : []
}
