import { metaValues } from '../../article/summary.js'
import type { Block, Region } from '../../content/blocks.js'
import { isWithin } from '../../content/regions.js'
import { setOf } from '../../content/words.js'
import { arePictures, isSmall, nameIn, sourcesOf } from '../../kinds/shown/lead-picture.js'
import type { Page } from '../../step.js'
import {
  append,
  closest,
  createElement,
  HEADINGS,
  insertAfter,
  pictureAround,
  type Element,
  type Node
} from '../../tree/tree.js'
import { pathOf } from '../front-matter.js'
import type { Opening } from '../text-from.js'
import { leadsAway } from './enlarged.js'
import { SEVERAL } from './facts.js'

/** So far before the title, a picture leads it. Blocks. */
const REACH = 60
/** Names of what shows the pictures of a page, and how near around one they stand. Elements. */
const GALLERY = setOf('gallery media image images photo photos thumbnail slider carousel hero featured zoom')
const GALLERY_WITHIN = 5
/** A gallery and the title stand in one box that is so near around its pictures: a show has many boxes in boxes. Elements. */
const BESIDE_WITHIN = 8
/** Elements that hold a picture and its title, from the title out. Elements. */
const TITLE_WITHIN = 6

/** Whether pictures are of an entry of a list: they lead to another page, or one of several boxes alike around them does. */
const areOfEntry = (block: Block, around: ReadonlySet<Region>): boolean =>
  block.pictures.some(leadsAway) ||
  isWithin(block, region => region.alike >= SEVERAL && region.linked > 0 && !around.has(region), GALLERY_WITHIN)

const largeOf = ({ pictures }: Block): readonly Element[] => pictures.filter(picture => !isSmall(picture))

/** The picture of the page that stands among blocks: the one that it tells those who link to it. */
function namedIn(blocks: readonly Block[], { document }: Page): Element | undefined {
  const values = metaValues(document)
  const name = nameIn(values.get('og:image') ?? values.get('twitter:image') ?? '')
  return name === '' ? undefined : blocks.flatMap(largeOf).find(picture => sourcesOf(picture).includes(name))
}

/** The first large picture of the gallery that stands in one box with the title. */
function shownBeside(blocks: readonly Block[], around: ReadonlySet<Region>): Element | undefined {
  const isGallery = (block: Block): boolean =>
    isWithin(block, ({ names }) => names.some(name => GALLERY.has(name)), GALLERY_WITHIN)
  const isBeside = (block: Block): boolean =>
    isWithin(block, region => region.parent !== undefined && around.has(region), BESIDE_WITHIN)
  return blocks.filter(block => isGallery(block) && isBeside(block)).flatMap(largeOf)[0]
}

/**
 * Puts the picture that leads a page right behind its title, where it would go behind the text with what stands before
 * the title: most shops show goods beside their name.
 *
 * @param front the nodes that go
 */
export function keepLeadPicture(front: readonly Node[], opening: Opening, page: Page): void {
  const { blocks } = page.content!.survey
  const title = blocks[opening.title]!
  const [text] = title.texts
  const heading = text === undefined || title.heading === 0 ? undefined : closest(text, ...HEADINGS)
  if (heading === undefined || front.length === 0) return
  if (blocks.slice(opening.title, opening.text).some(block => arePictures(block) && largeOf(block).length > 0)) return
  const around = new Set<Region>()
  isWithin(title, region => !around.add(region), TITLE_WITHIN)
  const going = new Set(front)
  const goes = (picture: Element): boolean => pathOf(picture, page.body).some(node => going.has(node))
  const above = blocks
    .slice(Math.max(0, opening.title - REACH), opening.title)
    .filter(block => arePictures(block) && goes(block.pictures[0]!) && !areOfEntry(block, around))
  const picture = namedIn(above, page) ?? shownBeside(above, around)
  if (picture === undefined) return
  const box = createElement('div')
  insertAfter(box, heading)
  append(box, pictureAround(picture) ?? picture)
}
