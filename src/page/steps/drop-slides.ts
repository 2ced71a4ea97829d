import { isIdle } from '../../bytes/idle-address.js'
import { dropImage } from '../images/drop-image.js'
import { calledOf } from '../images/icon.js'
import { LARGEST_SIGN, pixels } from '../images/pixels.js'
import type { Step } from '../step.js'
import { hasText } from '../tree/holders.js'
import { attribute, elements, isBlank, isElement, isText, pushChildren, type Element, type Node } from '../tree/tree.js'

/** So many things with several pictures each are a list: a link of its own may hold a comic strip. */
const LEAST_THINGS = 3

const areaOf = (image: Element): number => pixels(image, 'width') * pixels(image, 'height')

/** Whether a picture shows something; stars, logos and icons may stand beside it. */
function isPicture(image: Element): boolean {
  const largest = Math.max(pixels(image, 'width'), pixels(image, 'height'))
  return (largest === 0 || largest > LARGEST_SIGN) && calledOf(image) === undefined
}

/** Where a link leads to, unless that is a place in its own page or a script. */
function leadsTo(link: Element): string | undefined {
  const href = attribute(link, 'href')
  return isIdle(href) ? undefined : href?.trim()
}

/** Pictures that lead to the same address: those of one link, or of links in a row that hold nothing else. */
interface Slides {
  readonly address: string
  readonly pictures: Element[]
}

/** All slides of a page, in document order; many are single pictures. */
function slidesIn(body: Element): Slides[] {
  const all: Slides[] = []
  let row: Slides | undefined
  const stack: Node[] = []
  pushChildren(stack, body)
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node) && !isBlank(node)) row = undefined
    if (!isElement(node)) continue
    const address = node.tagName === 'a' ? leadsTo(node) : undefined
    if (address === undefined) {
      pushChildren(stack, node)
      continue
    }
    const pictures = elements(node, 'img').filter(isPicture)
    const isMute = !hasText(node)
    if (row?.address === address && isMute) row.pictures.push(...pictures)
    else all.push((row = { address, pictures }))
    if (!isMute) row = undefined
  }
  return all
}

/** Files that several things show: a maker's logo, "new", an energy label, a picture that stands for those to come. */
function sharedFiles(shows: readonly Slides[]): ReadonlySet<string> {
  const shownBy = new Map<string, string>()
  const shared = new Set<string>()
  for (const { address, pictures } of shows)
    for (const picture of pictures) {
      const file = attribute(picture, 'src') ?? ''
      if ((shownBy.get(file) ?? address) === address) shownBy.set(file, address)
      else shared.add(file)
    }
  return shared
}

/** The picture that stays: the largest, as far as the page says how large they are, else the first. */
const largestOf = (pictures: readonly Element[]): Element | undefined =>
  pictures.reduce<Element | undefined>(
    (best, picture) => (best === undefined || areaOf(picture) > areaOf(best) ? picture : best),
    undefined
  )

/** Of its own pictures if it has any. */
function bestOf(pictures: readonly Element[], shared: ReadonlySet<string>): Element | undefined {
  const own = pictures.filter(picture => !shared.has(attribute(picture, 'src') ?? ''))
  return largestOf(own) ?? largestOf(pictures)
}

/**
 * Leaves one picture of each thing in a list: shops have a dozen of the same goods, which a script shows one after the
 * other, or when a mouse is above them. All are on the page that they lead to, and would take a modem minutes.
 */
export const dropSlides: Step = {
  name: 'drop-slides',
  run({ body, names }) {
    if (!names.has('a')) return
    const shows = slidesIn(body).filter(({ pictures }) => pictures.length > 1)
    if (new Set(shows.map(({ address }) => address)).size < LEAST_THINGS) return
    const shared = sharedFiles(shows)
    for (const { pictures } of shows) {
      const best = bestOf(pictures, shared)
      for (const picture of pictures) if (picture !== best) dropImage(picture)
    }
  }
}
