import { fit } from '../../image/fit.js'
import { addHints, takeHints } from '../addresses/address-hints.js'
import { clientAddress, resolve } from '../addresses/address.js'
import { createImageBudget } from '../images/image-budget.js'
import { zoomAddress } from '../images/image-links.js'
import { plainMaps, scaleOf, type Scale } from '../images/image-maps.js'
import { pixels } from '../images/images.js'
import { addSizeHint } from '../addresses/size-hint.js'
import type { Page, PageContext, Step } from '../step.js'
import {
  attribute,
  closest,
  createElement,
  createText,
  elements,
  isElement,
  remove,
  removeAttribute,
  rename,
  replace,
  setAttribute,
  textStart,
  type Element
} from '../tree/tree.js'

/** ALT is shown in one line by Lynx and Contiki. Characters. */
const ALT_CHARACTERS = 60
/** Icons and avatars of this size cost a request each and tell nothing. Pixels. */
const ICON_PIXELS = 24
/** Narrower images are icons and avatars, not content. Pixels. */
const CONTENT_WIDTH = 100
/** As many numbered links stand in the line of 68k.news. */
const MOST_IMAGE_LINKS = 20

/**
 * Ancestors in whose text an ALT is looked for, and how far into it: cards repeat their title as ALT. Levels,
 * characters.
 */
const NEAR_LEVELS = 3
const NEAR_CHARACTERS = 400

/** Whether the text beside the image says the same. */
function isRepeated(alt: string, image: Element): boolean {
  let around: Element['parentNode'] = image.parentNode
  for (
    let level = 0;
    level < NEAR_LEVELS && around !== null && isElement(around) && around.tagName !== 'body';
    level++
  ) {
    if (
      textStart(around, NEAR_CHARACTERS)
        .slice(0, NEAR_CHARACTERS * 2)
        .replace(/\s+/g, ' ')
        .includes(alt)
    )
      return true
    around = around.parentNode
  }
  return false
}

/** In the letters of the client, of which one character may take several. */
function altOf(image: Element, fold: PageContext['fold']): string {
  const alt = (attribute(image, 'alt') ?? attribute(image, 'title') ?? '').replace(/\s+/g, ' ').trim()
  if (alt === '') return ''
  const said = fold(alt)
  const short = said.length <= ALT_CHARACTERS ? alt : `${said.slice(0, ALT_CHARACTERS - 3)}...`
  return isRepeated(alt, image) || isRepeated(short, image) ? '' : short
}

interface Shown {
  readonly address: string
  readonly width: number
  readonly height: number
}

/** The address under which the client gets the image in the size that the page gives it. */
function shownAs(image: Element, context: PageContext): Shown | undefined {
  const source = attribute(image, 'src') ?? ''
  const own = source.startsWith(`${context.portal}/`)
  const url = own ? new URL(source) : resolve(source, context)
  const plain = own ? source : url === undefined ? undefined : clientAddress(url, context)
  if (plain === undefined || !/^http/.test(plain)) return undefined
  const address = context.imageHints === undefined ? plain : addHints(plain, context.imageHints)
  const width = pixels(image, 'width')
  const height = pixels(image, 'height')
  const most = {
    width: Math.min(context.profile.images.maxWidth, context.display.width),
    height: Math.min(context.profile.images.maxHeight, context.display.height)
  }
  const size = fit(width, height, most.width, most.height)
  if (Math.min(width, height, size.width, size.height) < 2) return { address, width: 0, height: 0 }
  return { address: addSizeHint(address, size.width, size.height), ...size }
}

/** An image that small and without a text of its own; one with a text may be a formula. */
const isIcon = ({ width, height }: Shown, image: Element, { fold }: PageContext): boolean =>
  width > 0 && width <= ICON_PIXELS && height <= ICON_PIXELS && altOf(image, fold) === ''

/** Places in it lead elsewhere. */
const isMap = (image: Element): boolean =>
  attribute(image, 'usemap') !== undefined || attribute(image, 'ismap') !== undefined

function show(image: Element, shown: Shown, context: PageContext): void {
  const mapped = attribute(image, 'usemap')
  const attributes: Record<string, string> = { src: shown.address, alt: altOf(image, context.fold) }
  if (shown.width > 0 && context.profile.images.sizes)
    Object.assign(attributes, { width: String(shown.width), height: String(shown.height) })
  if (closest(image, 'a') !== undefined) attributes.border = '0'
  if (attribute(image, 'ismap') !== undefined) attributes.ismap = ''
  if (mapped !== undefined) attributes.usemap = mapped
  rename(image, 'img', attributes)
}

/** Where images are not shown: ALT as text, and content images as numbered links in the Original source line. */
function describe(image: Element, shown: Shown | undefined, page: Page, context: PageContext): void {
  const alt = altOf(image, context.fold)
  const declared = pixels(image, 'width')
  if (
    context.choices.images !== 'off' &&
    shown !== undefined &&
    (declared === 0 || declared >= CONTENT_WIDTH) &&
    page.images.length < MOST_IMAGE_LINKS &&
    !page.images.includes(shown.address)
  )
    page.images.push(shown.address)
  if (alt === '') remove(image)
  else replace(image, createText(` [${alt}] `))
}

/**
 * Beyond the budget of the page: a text that leads to the image. In a link, which leads elsewhere, the Original source
 * line does.
 */
function linkTo(image: Element, shown: Shown, page: Page, context: PageContext): void {
  const size = shown.width === 0 ? '' : `, ${shown.width}x${shown.height}`
  const text = createText(`[${altOf(image, context.fold) || 'photo'}${size}]`)
  if (closest(image, 'a') !== undefined) {
    if (page.images.length < MOST_IMAGE_LINKS && !page.images.includes(shown.address)) page.images.push(shown.address)
    return replace(image, text)
  }
  const zoom = zoomAddress(takeHints(shown.address).address, context)
  const href = zoom === undefined ? shown.address : addHints(zoom, context.imageHints ?? {})
  replace(image, createElement('a', { href }, text))
}

/** The scale of an image whose map is kept: the client has maps, and gets the image in a size that is known. */
function mapScale(image: Element, context: PageContext): Scale | undefined {
  const {
    elements: known,
    images: { show, sizes }
  } = context.profile
  if (known.MAP === undefined || !show || !sizes || context.choices.images !== 'inline') return undefined
  const shown = shownAs(image, context)
  return shown === undefined || shown.width === 0 || isIcon(shown, image, context) ? undefined : scaleOf(image, shown)
}

/** A button that is an image, by its text. */
function plainImageButton(input: Element): void {
  const name = attribute(input, 'name')
  rename(input, 'input', {
    type: 'submit',
    ...(name === undefined ? {} : { name }),
    value: attribute(input, 'alt') ?? attribute(input, 'value') ?? 'OK'
  })
}

/**
 * Images with an absolute address, a text, and the size in which they will be sent; or what stands for them, also
 * beyond what the screen's page may weigh.
 */
export const plainImages: Step = {
  name: 'plain-images',
  run(page, context) {
    if (page.names.has('map')) plainMaps(page, image => mapScale(image, context))
    const budget = createImageBudget(
      page.untouched ? { ...context.display, pageImageBytes: Infinity } : context.display
    )
    const inline = context.profile.images.show && context.choices.images === 'inline'
    const shownLast: Array<readonly [Element, Shown]> = []
    for (const image of elements(page.body, 'img', 'input')) {
      if (image.tagName === 'input' && attribute(image, 'type')?.trim().toLowerCase() !== 'image') {
        removeAttribute(image, 'src')
        continue
      }
      const shown = shownAs(image, context)
      const kept = inline && shown !== undefined
      if (image.tagName === 'input') {
        if (kept) setAttribute(image, 'src', shown.address)
        else plainImageButton(image)
      } else if (kept && (page.untouched || !isIcon(shown, image, context))) {
        if (budget.take(shown) || isMap(image)) shownLast.push([image, shown])
        else linkTo(image, shown, page, context)
      } else describe(image, shown, page, context)
    }
    // When all text is there that stands for others: an ALT may say the same.
    for (const [image, shown] of shownLast) {
      if (page.untouched || !isIcon(shown, image, context)) show(image, shown, context)
      else describe(image, shown, page, context)
    }
  }
}
