import type { Block, Region, Survey } from '../../content/blocks.js'
import { isProse } from '../../content/words.js'
import { likelyWordsIn, wordsIn, type Content } from '../../content/content.js'
import { blocksIn } from '../../content/regions.js'

/** Stand between the paragraphs of a text as wholes. */
const WHOLES = new Set(['table', 'pre', 'ul', 'ol', 'dl', 'blockquote'])
/** Elements around such a whole hold little else. Share of words. */
const NEARLY_ALL = 0.9
/** Beside code stand its language and what copies it. Words. */
const TOOL_WORDS = 4
/** A text has so many paragraphs beside each other. */
const LEAST_PARAGRAPHS = 3
/** What has more of its words in links leads elsewhere; what is less likely is left out. Share; mean likelihood. */
const MOST_LINKED = 0.3
const LEAST_LIKELY = 0.25

/** The paragraphs that are shown of the text in an element: how many, and the places of the first and the last. */
interface Text {
  count: number
  readonly first: number
  last: number
}

/** The elements in which the paragraphs of texts stand. */
function textsOf({ blocks }: Survey, shown: ReadonlySet<Block>): ReadonlyMap<Region, Text> {
  const texts = new Map<Region, Text>()
  blocks.forEach((block, at) => {
    const { parent } = block.region
    if (parent === undefined || !shown.has(block) || !isProse(block)) return
    const text = texts.get(parent)
    if (text === undefined) texts.set(parent, { count: 1, first: at, last: at })
    else {
      text.count++
      text.last = at
    }
  })
  return texts
}

/** What stands around a whole and holds nothing else. */
function outermost(whole: Region): Region {
  const tools = whole.element.tagName === 'pre' ? TOOL_WORDS : 0
  const holdsAll = ({ words }: Region): boolean => whole.words >= NEARLY_ALL * words || whole.words >= words - tools
  let outer = whole
  while (outer.parent !== undefined && holdsAll(outer.parent)) outer = outer.parent
  return outer
}

/**
 * The tables, lists, quotations and code between the paragraphs of a text: a part of it, though a model that knows
 * running text finds them less likely.
 */
export function wholesBetween(content: Content, shown: ReadonlySet<Block>): readonly Block[] {
  const { survey } = content
  const texts = textsOf(survey, shown)
  return survey.regions.flatMap(whole => {
    if (!WHOLES.has(whole.element.tagName) || whole.words === 0 || whole.linked > MOST_LINKED * whole.words) return []
    const { parent, first, end } = outermost(whole)
    const text = parent === undefined ? undefined : texts.get(parent)
    if (text === undefined || text.count < LEAST_PARAGRAPHS || text.first >= first || text.last < end) return []
    const part = blocksIn(survey, whole).filter(({ hidden }) => !hidden)
    return likelyWordsIn(part, content) >= LEAST_LIKELY * wordsIn(part) ? part : []
  })
}
