import { attribute, HEADINGS, isElement, isText, type Element, type Text } from '../tree/tree.js'
import { countWords, createLooks, createNames, isProse } from './words.js'

/** An element that begins and ends blocks, with sums of what stands in it. */
export interface Region {
  /** Its place among the regions of the page; those around it come before it */
  readonly at: number
  readonly element: Element
  readonly parent: Region | undefined
  readonly depth: number
  /** Words of its class, id, role and microdata */
  readonly names: readonly string[]
  /** Its tag and first name, as a number */
  readonly look: number
  /** The looks of it and of two around it: what a page repeats has the same */
  readonly shape: number
  /** Its blocks: from `first` up to, and without, `end` */
  readonly first: number
  end: number
  words: number
  /** Words in links */
  linked: number
  /** Words of blocks that are prose */
  prose: number
  images: number
  /** Fields and buttons */
  controls: number
  /** How many children of its parent look like it */
  alike: number
}

/** Text that stands together, between the borders of two elements; or images alone. */
export interface Block {
  readonly region: Region
  readonly texts: Text[]
  readonly pictures: Element[]
  text: string
  words: number
  linked: number
  links: number
  /** Words in B, STRONG, I, EM */
  emphasised: number
  /** Level of the heading that it is, 0: none */
  readonly heading: number
  /** A browser would not show it, or only when it is asked to */
  readonly hidden: boolean
}

export interface Survey {
  /** In document order */
  readonly blocks: readonly Block[]
  /** Outer ones first; the first is that of the body */
  readonly regions: readonly Region[]
}

/** What an element is for blocks: a `field` and a `control` are counted, and a `control` is a border as well. */
const PARTS = {
  border: `div p ul ol li dl dt dd table tbody thead tfoot tr td th caption section article main nav header footer aside
    menu form fieldset blockquote pre figure figcaption center address hr h1 h2 h3 h4 h5 h6 details summary dialog body
    option label hgroup search`,
  control: 'select textarea button',
  field: 'input',
  link: 'a',
  emphasis: 'b strong i em',
  break: 'br',
  picture: 'img amp-img',
  unread: 'script style template svg math iframe noscript head title'
}
const PART_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(PARTS).flatMap(([part, names]) => names.split(/\s+/).map(name => [name, part] as const))
)
/** Deeper elements count for nothing: a page is at most 200 deep (page/tree/bounded-parser.ts). */
const MOST_DEPTH = 300

/** Collects blocks and regions of a page in document order. */
export class Surveyor implements Survey {
  readonly blocks: Block[] = []
  readonly regions: Region[] = []
  #block: Block | undefined
  #heading = 0
  #hidden = 0
  readonly #isHidden: (element: Element) => boolean
  readonly #namesOf = createNames()
  readonly #lookOf = createLooks()
  #link = 0
  #emphasis = 0
  /** Nothing but a BR stands since the last text: one more ends the paragraph. */
  #broken = false

  constructor(isHidden: (element: Element) => boolean) {
    this.#isHidden = isHidden
  }

  /** A region for an element, with all that stands in it. */
  region(element: Element, parent: Region | undefined, depth: number): void {
    this.#end()
    this.#broken = false
    const before = this.#heading
    const hidden = this.#isHidden(element) ? 1 : 0
    this.#hidden += hidden
    const level = HEADINGS.indexOf(element.tagName) + 1
    if (level > 0) this.#heading = level
    const names = this.#namesOf(element)
    const look = this.#lookOf(element, names)
    const region: Region = {
      at: this.regions.length,
      element,
      parent,
      depth: parent === undefined ? 0 : parent.depth + 1,
      names,
      look,
      shape: shapeOf(look, parent),
      first: this.blocks.length,
      end: this.blocks.length,
      words: 0,
      linked: 0,
      prose: 0,
      images: 0,
      controls: 0,
      alike: 1
    }
    this.regions.push(region)
    this.#children(element, region, depth)
    this.#end()
    this.#heading = before
    this.#hidden -= hidden
  }

  #children(parent: Element, region: Region, depth: number): void {
    for (const node of parent.childNodes) {
      if (isText(node)) this.#text(node, region)
      else if (isElement(node) && depth > 0) this.#element(node, region, depth - 1)
    }
  }

  #element(element: Element, region: Region, depth: number): void {
    const part = PART_OF.get(element.tagName)
    if (part === 'unread') return
    if (part === 'control' || part === 'field') region.controls++
    if (part === 'border' || part === 'control') this.region(element, region, depth)
    else if (part === 'break') this.#break()
    else if (part === 'picture') (this.#block ??= this.#blockIn(region, [])).pictures.push(element)
    else if (part === 'link') this.#anchor(element, region, depth)
    else if (part === 'emphasis') {
      this.#emphasis++
      this.#children(element, region, depth)
      this.#emphasis--
    } else this.#children(element, region, depth)
  }

  #anchor(link: Element, region: Region, depth: number): void {
    if (attribute(link, 'href') === undefined) return this.#children(link, region, depth)
    this.#link++
    this.#children(link, region, depth)
    this.#link--
    if (this.#block !== undefined) this.#block.links++
  }

  #break(): void {
    if (this.#block !== undefined) this.#block.text += '\n'
    if (this.#broken) this.#end()
    this.#broken = true
  }

  #text(text: Text, region: Region): void {
    const { value } = text
    if (!/\S/.test(value)) {
      if (this.#block !== undefined) this.#block.text += ' '
      return
    }
    this.#broken = false
    const words = countWords(value)
    let block = this.#block
    // Most blocks have one text: a list that grows would keep room for sixteen more.
    if (block === undefined) this.#block = block = this.#blockIn(region, [text])
    else block.texts.push(text)
    block.text += value
    block.words += words
    if (this.#link > 0) block.linked += words
    if (this.#emphasis > 0) block.emphasised += words
  }

  #blockIn(region: Region, texts: Text[]): Block {
    return {
      region,
      texts,
      pictures: [],
      text: '',
      words: 0,
      linked: 0,
      links: 0,
      emphasised: 0,
      heading: this.#heading,
      hidden: this.#hidden > 0
    }
  }

  #end(): void {
    const block = this.#block
    this.#block = undefined
    if (block === undefined || (block.words === 0 && block.pictures.length === 0)) return
    this.blocks.push(block)
    block.region.end = this.blocks.length
  }
}

/** More looks than a page has elements; three of them still make an exact number. */
const LOOKS = 2 ** 17

const shapeOf = (look: number, parent: Region | undefined): number =>
  ((parent?.parent?.look ?? 0) * LOOKS + (parent?.look ?? 0)) * LOOKS + look

function sum(blocks: readonly Block[], regions: readonly Region[]): void {
  for (const block of blocks) {
    const { region, words } = block
    region.words += words
    region.linked += block.linked
    region.images += block.pictures.length
    if (isProse(block)) region.prose += words
  }
  for (const region of regions.toReversed()) {
    const { parent } = region
    if (parent === undefined) continue
    parent.words += region.words
    parent.linked += region.linked
    parent.prose += region.prose
    parent.images += region.images
    parent.controls += region.controls
    parent.end = Math.max(parent.end, region.end)
  }
}

function countAlike(regions: readonly Region[]): void {
  const counts = new Map<number, number>()
  const keyOf = ({ parent, look }: Region): number => ((parent?.at ?? -1) + 1) * LOOKS + look
  const shown = regions.filter(({ words, images }) => words + images > 0)
  for (const region of shown) counts.set(keyOf(region), (counts.get(keyOf(region)) ?? 0) + 1)
  for (const region of shown) region.alike = counts.get(keyOf(region)) ?? 1
}

/** Cuts a page into blocks of text, in one walk; the regions are the elements that they stand in. */
export function surveyBlocks(body: Element, isHidden: (element: Element) => boolean): Survey {
  const surveyor = new Surveyor(isHidden)
  surveyor.region(body, undefined, MOST_DEPTH)
  const { blocks, regions } = surveyor
  sum(blocks, regions)
  countAlike(regions)
  return { blocks, regions }
}
