import type { Region, Survey } from '../../content/blocks.js'
import { share } from '../../content/numbers.js'
import { inOneLine } from '../../content/words.js'
import { namesContents } from '../../lists/lone-contents.js'
import { attribute, elements, isInside, type Element } from '../../tree/tree.js'
import { createOutlines } from './outline.js'
import type { Opening } from '../text-from.js'
import { KEPT, outermost } from './outermost.js'

/** A list of contents with fewer links, or words where it is called so, takes no more room than the line that leads to it. */
const LEAST_ENTRIES = 5
const LEAST_CALLED = 3
const CALLED_WORDS = 15
/** Words of a list of contents that are in its links: a heading stands above. Share. */
const ENTRIES_SHARE = 0.75
/** Such a list may stand behind the first paragraph too. Blocks. */
const CONTENTS_WITHIN = 12

const leadsInside = (link: Element): boolean => /^#./.test(attribute(link, 'href') ?? '')

/** Whether a region is a list of contents: links to places in its own page, and next to nothing besides. */
function isContents({ element, first, words, linked, images, controls }: Region, { blocks }: Survey): boolean {
  if (share(linked, words) < ENTRIES_SHARE || images > 0 || controls > 0 || KEPT.has(element.tagName)) return false
  const links = elements(element, 'a')
  const isCalled = words >= CALLED_WORDS && namesContents(inOneLine(blocks[first]?.text ?? ''))
  const least = isCalled ? LEAST_CALLED : LEAST_ENTRIES
  return links.length >= least && links.filter(leadsInside).length >= ENTRIES_SHARE * links.length
}

/** Lists of contents between the title of a page and its text, or soon behind where that begins. */
export function contentsIn(survey: Survey, { title, text }: Opening, body: Element): Element[] {
  const isOutline = createOutlines(survey)
  const isList = (region: Region): boolean =>
    region.first <= text + CONTENTS_WITHIN &&
    (isContents(region, survey) || isOutline(region)) &&
    !KEPT.has(region.element.tagName) &&
    isInside(region.element, body)
  return outermost(survey, [title + 1, survey.blocks.length], isList)
    .flat()
    .map(({ element }) => element)
}
