import { decodePercent } from '../../../bytes/decode-percent.js'
import { isCredit } from '../../article/keep-blocks.js'
import type { Block, Region, Survey } from '../../content/blocks.js'
import { sumsOf } from '../../content/numbers.js'
import { isWithin } from '../../content/regions.js'
import { setOf } from '../../content/words.js'
import { attribute, elements, isElement, pictureAround, type Element, type Text } from '../../tree/tree.js'

/** An article begins with a text of so many words, or with its first one. */
const LEAST_WORDS = 12
/** A picture that leads an article is no smaller, where its size is told. Pixels. */
const LEAST_SIDE = 150
const LEAST_WIDTH = 300
/** The names of the boxes that such a picture stands in. */
const LEADS = setOf(
  'featured feature hero lead leadimage thumbnail cover main mainimage post entry article teaser opener'
)
/** And of those in which one of a person, of the site or of another page stands. */
const OTHERS = setOf(
  'author avatar byline bio profile gravatar logo brand icon badge share social ad ads advert related recommended sidebar menu navigation newsletter promo sponsor comment comments widget breadcrumb breadcrumbs'
)
const OTHER_ELEMENTS = setOf('nav aside footer button')
const CAPTIONS = setOf('caption legend credit credits bildunterschrift')
/** What stands below a picture is no longer. Words. */
const CAPTION_WORDS = 80
/** A name of a file that says too little is told with the folder that it is in. Characters. */
const LEAST_NAME = 7
/** Files that stand for all pages of a site. */
const OF_SITE = /^og[-_]|logo|default|placeholder|fallback|favicon|social|share|opengraph|og[-_]?image|og[-_]?default/i
/** What systems for publishing put behind the name of a file: its size, a time, how it was made. */
const MADE = /[-_]\d{2,4}x\d{2,4}$|[-_]scaled$|@\dx$|[-_]e\d{9,13}$/
/** Longer lists of addresses say the same again. Characters. */
const MOST_SOURCES = 4000

/** The folders of an address, and its file behind them. */
function partsIn(address: string): string[] {
  const [path = ''] = decodePercent(address.slice(0, MOST_SOURCES)).split(/[?#]/, 1)
  return path.split('/').filter(part => part !== '')
}

/** Whether the name of a file says that it stands for all of a site. */
export const isOfSite = (address: string): boolean => OF_SITE.test(partsIn(address).at(-1) ?? '')

/** What tells a picture from all others: the name of its file without its size and format. */
export function nameIn(address: string): string {
  const parts = partsIn(address)
  const name = (parts.at(-1) ?? '')
    .replace(/(?:\.(?:jpe?g|png|gif|webp|avif))?\.\w{2,5}$/, '')
    .replace(MADE, '')
    .replace(MADE, '')
  if (OF_SITE.test(name)) return ''
  const whole = name.length < LEAST_NAME ? `${parts.at(-2) ?? ''}/${name}` : name
  return whole.length < LEAST_NAME ? '' : whole.toLowerCase()
}

/** All addresses of a picture, also those for late loading and for other screens. */
export function sourcesOf(image: Element): string {
  const picture = pictureAround(image)
  const sources = picture === undefined ? [] : elements(picture, 'source')
  const values = [image, ...sources].flatMap(({ attrs }) => attrs.map(({ value }) => value.slice(0, MOST_SOURCES)))
  return decodePercent(values.join(' ')).toLowerCase()
}

const side = (image: Element, name: 'width' | 'height'): number => Number.parseFloat(attribute(image, name) ?? '') || 0

/** Whether a picture is told to be too small for one that says what an article is about. */
export const isSmall = (image: Element): boolean =>
  (['width', 'height'] as const).some(name => side(image, name) > 0 && side(image, name) < LEAST_SIDE)

const isOther = ({ element, names }: Region): boolean =>
  OTHER_ELEMENTS.has(element.tagName) || names.some(name => OTHERS.has(name))

/** Regions around a picture whose names tell what it is, and of which one holds the title. */
const NEAR = 5
const NEAR_TITLE = 4

/** Whether a block is nothing but pictures, and in no region that says whose they are instead. */
const arePicturesBut = (block: Block, isNot: (region: Region) => boolean): boolean =>
  block.pictures.length > 0 && !block.hidden && block.words === 0 && !isWithin(block, isNot, NEAR)

/** Whether a block is nothing but pictures, and none of a person, of the site or of another page. */
export const arePictures = (block: Block): boolean => arePicturesBut(block, isOther)

const isOneLarge = ({ pictures: [image, ...others] }: Block): boolean =>
  image !== undefined && others.length === 0 && !isSmall(image)

/** Whether a block is such a picture, and no small one. */
const isPicture = (block: Block): boolean => isOneLarge(block) && arePictures(block)

/** What tells a picture from others by its name alone: several words, or a number. */
const TELLING = /[-_ +\d]/
/** A picture that a page tells of may stand in a box of any name behind its title, but for those. */
const NOT_OWN = setOf('logo brand avatar gravatar related recommended ad ads advert promo sponsor')
const MENUS = setOf('nav footer')
/** Such a picture may stand behind the first sentences. Blocks. */
const BEHIND = 8

const isElsewhere = ({ element, names }: Region): boolean =>
  MENUS.has(element.tagName) || names.some(name => NOT_OWN.has(name))

/** Whether a block is the picture that a page tells of, by its name. */
const isNamed = (block: Block, name: string): boolean =>
  isOneLarge(block) && sourcesOf(block.pictures[0]!).includes(name) && arePicturesBut(block, isElsewhere)

/** Whether a box says that its picture leads the page, or the picture is as wide as one that does. */
const leads = (block: Block): boolean =>
  side(block.pictures[0]!, 'width') >= LEAST_WIDTH ||
  isWithin(block, ({ element, names }) => element.tagName === 'figure' || names.some(name => LEADS.has(name)), 2)

/** The innermost region around a picture that holds the caption below it as well. */
function boxOf({ region }: Block): Region {
  const holds = (at: Region): boolean => at.images === 1 && at.words <= CAPTION_WORDS
  let box = region
  for (let at: Region | undefined = region; at !== undefined && holds(at); at = at.parent) {
    box = at
    if (at.element.tagName === 'figure') break
  }
  return box
}

const isCaption = ({ element, names }: Region): boolean =>
  element.tagName === 'figcaption' || names.some(name => CAPTIONS.has(name))

/** What is called so says whose a picture is; a longer text says what it shows as well. Words; elements around it. */
const OWNER = /(?:^|[-_\s])(?:credit|creditor|copyright|owner)s?(?:[-_\s]|$)/i
const OWNER_WORDS = 12
const OWNER_DEPTH = 3

/** Whether the elements around a text say that it is the name of whose a picture is. */
function isNamedOwner({ parentNode }: Text): boolean {
  for (let at = parentNode, depth = 0; at !== null && isElement(at) && depth < OWNER_DEPTH; at = at.parentNode, depth++)
    if (at.attrs.some(({ value }) => !value.includes('/') && OWNER.test(value))) return true
  return false
}

const isOwner = ({ words, texts }: Block): boolean =>
  words <= OWNER_WORDS && texts.every(text => text.value.trim() === '' || isNamedOwner(text))

/** What is said below a picture in its box. */
function captionOf({ blocks }: Survey, picture: Block): Block[] {
  const { first, end } = boxOf(picture)
  return blocks
    .slice(first, end)
    .filter(
      block => block.words > 0 && !block.hidden && isWithin(block, isCaption, 3) && !isCredit(block) && !isOwner(block)
    )
}

/** Where the text of an article begins: behind its title, in the innermost element that holds most of what is shown. */
function textIn({ blocks, regions }: Survey, shown: ReadonlySet<Block>): number {
  const sums = sumsOf(blocks, block => (shown.has(block) ? block.words : 0))
  const around = regions.findLast(({ first, end }) => 2 * (sums[end]! - sums[first]!) > sums[blocks.length]!)
  const first = blocks.findIndex(block => shown.has(block) && block.heading === 0 && block.words >= LEAST_WORDS)
  return first === -1 ? -1 : Math.max(first, around?.first ?? 0)
}

/** Whether a picture stands above the title in the box of the article, and that says so. */
const isAbove = (picture: Block, title: Block): boolean =>
  leads(picture) && isWithin(picture, region => title.region === region || isAround(region, title.region), NEAR_TITLE)

const isAround = (region: Region, { parent }: Region): boolean => region === parent || region === parent?.parent

/**
 * What is shown with the picture above the text that leads the article, and what is said below it: the one that the page
 * tells those who link to it, else one between the title and the text that is large enough.
 *
 * @param told asks for the address of the picture of the page, empty where it tells none; it is read of all of the page
 */
export function withLeadPicture(survey: Survey, shown: ReadonlySet<Block>, told: () => string): Set<Block> {
  const { blocks } = survey
  const all = new Set(shown)
  const text = textIn(survey, shown)
  if (text < 1) return all
  const title = blocks.slice(0, text).findLastIndex(({ heading, words }) => heading === 1 && words > 0)
  const above = blocks.slice(0, text).filter(isPicture)
  if (above.some(block => shown.has(block))) return all
  const name = nameIn(told())
  const isTold = (block: Block): boolean => TELLING.test(name) && !name.includes('/') && isNamed(block, name)
  const behindTitle = blocks.slice(Math.max(0, title), text)
  const near = new Set(title === -1 ? [] : behindTitle)
  const lead =
    behindTitle.find(isTold) ??
    (name === '' ? undefined : above.find(({ pictures: [image] }) => sourcesOf(image!).includes(name))) ??
    above.find(block => near.has(block) && leads(block)) ??
    (title === -1 ? undefined : above.findLast(block => isAbove(block, blocks[title]!))) ??
    blocks.slice(text, text + BEHIND).find(block => !shown.has(block) && isTold(block))
  if (lead !== undefined) for (const block of [lead, ...captionOf(survey, lead)]) all.add(block)
  return all
}
