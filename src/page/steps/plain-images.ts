import { addHints, takeHints } from '../addresses/address-hints.js'
import { altOf } from '../images/alt.js'
import { calledOf } from '../images/icon.js'
import { roomFor, shareBudget, shareRest, type ImageScales, type Sized } from '../images/shown/image-budget.js'
import { scaled, shownAs, sizedAs, type Shown } from '../images/shown/shown-image.js'
import { zoomAddress } from '../images/image-links.js'
import { isMap, plainMaps, scaleOf, type Scale } from '../images/image-maps.js'
import { nameLinks, picturedLinks } from '../images/name-links.js'
import { pixels } from '../images/pixels.js'
import { addMapHint } from '../addresses/map-hint.js'
import type { Page, PageContext, Step } from '../step.js'
import { isAnswer } from '../tables/answers.js'
import {
  append,
  attribute,
  closest,
  createElement,
  createText,
  elements,
  remove,
  removeAttribute,
  rename,
  replace,
  setAttribute,
  type Element
} from '../tree/tree.js'

/** Icons and avatars up to this size cost a request each and show nothing. Pixels. */
const ICON_PIXELS = 24
/** Narrower images are icons and avatars, not content. Pixels. */
const CONTENT_WIDTH = 100
/** A picture with more of its sides shows what there is to see, and a link to the whole takes as many bytes again. */
const SEEN_SCALE = 0.7
/** The line of 68k.news has this many numbered links. */
const MOST_IMAGE_LINKS = 20
/** They take no more than this share of the links that a browser holds: the others are for the page. Fraction. */
const IMAGE_LINKS_SHARE = 0.2

/** Whether the line may have the link to another image. */
function maySay(address: string, { images }: Page, { profile: { budget } }: PageContext): boolean {
  const most = Math.min(MOST_IMAGE_LINKS, IMAGE_LINKS_SHARE * (budget.links ?? Infinity))
  return images.length < most && !images.includes(address)
}

/** Whether an image is small and has no ALT; one with an ALT may be a formula. */
const isIcon = ({ width, height }: Shown, image: Element, { fold }: PageContext): boolean =>
  width > 0 && width <= ICON_PIXELS && height <= ICON_PIXELS && altOf(image, fold) === ''

/** Whether a side is known; an image without one may be an icon. */
const isSized = ({ width, side }: Shown): boolean => width > 0 || side !== undefined

/** What an old page says of the place of an image in it. */
const placeOf = ({ attrs }: Element): Record<string, string> =>
  Object.fromEntries(
    attrs
      .filter(({ name }) => ['align', 'hspace', 'vspace', 'border'].includes(name))
      .map(({ name, value }) => [name, value])
  )

/** Where a server-side map is sent in another size than its site knows, the link says both. */
function markMap(image: Element, shown: Shown, { portal }: PageContext): void {
  const link = closest(image, 'a')
  const href = link === undefined ? undefined : attribute(link, 'href')
  const site = { width: pixels(image, 'width'), height: pixels(image, 'height') }
  if (link === undefined || href === undefined || !href.startsWith('http') || href.startsWith(`${portal}/`)) return
  if (shown.width === 0 || (site.width === shown.width && site.height === shown.height)) return
  setAttribute(link, 'href', addMapHint(href, site, shown))
}

function show(image: Element, shown: Shown, page: Page, context: PageContext): void {
  const mapped = page.names.has('map') ? attribute(image, 'usemap') : undefined
  const attributes: Record<string, string> = { src: shown.address, alt: altOf(image, context.fold) }
  if (shown.width > 0 && context.profile.images.sizes)
    Object.assign(attributes, { width: String(shown.width), height: String(shown.height) })
  if (closest(image, 'a') !== undefined) attributes.border = '0'
  if (page.untouched) Object.assign(attributes, placeOf(image))
  if (attribute(image, 'ismap') !== undefined) {
    attributes.ismap = ''
    markMap(image, shown, context)
  }
  if (mapped !== undefined) attributes.usemap = mapped
  rename(image, 'img', attributes)
}

/** Replaces an image by its ALT; a content image becomes a numbered link in the Original source line. */
function describe(image: Element, shown: Shown | undefined, page: Page, context: PageContext): void {
  const alt = altOf(image, context.fold)
  const declared = pixels(image, 'width')
  if (
    context.choices.images !== 'off' &&
    shown !== undefined &&
    (declared === 0 || declared >= CONTENT_WIDTH) &&
    calledOf(image) === undefined &&
    maySay(shown.address, page, context)
  )
    page.images.push(shown.address)
  if (alt === '') remove(image)
  else replace(image, createText(isAnswer(alt) ? alt : ` [${alt}] `))
}

/**
 * Replaces an image beyond the budget of the page by a text that links to it. If it is in a link already, the Original
 * source line has the link to it.
 */
function linkTo(image: Element, shown: Shown, page: Page, context: PageContext): void {
  const size = shown.width === 0 ? '' : `, ${shown.width}x${shown.height}`
  const text = createText(`[${altOf(image, context.fold) || 'photo'}${size}]`)
  if (closest(image, 'a') !== undefined) {
    if (maySay(shown.address, page, context)) page.images.push(shown.address)
    return replace(image, text)
  }
  const zoom = zoomAddress(takeHints(shown.address).address, context)
  const href = zoom === undefined ? shown.address : addHints(zoom, context.imageHints ?? {})
  replace(image, createElement('a', { href }, text))
}

/** The scale of an image whose map is kept: the client must have maps, and the size must be known. */
function mapScale(image: Element, context: PageContext): Scale | undefined {
  const {
    elements: known,
    images: { show, sizes }
  } = context.profile
  if (known.MAP === undefined || !show || !sizes || context.choices.images !== 'inline') return undefined
  const shown = shownAs(image, context)
  return shown === undefined || shown.width === 0 || isIcon(shown, image, context) ? undefined : scaleOf(image, shown)
}

/** Turns an image button into a button with its text. */
function plainImageButton(input: Element): void {
  const name = attribute(input, 'name')
  rename(input, 'input', {
    type: 'submit',
    ...(name === undefined ? {} : { name }),
    value: attribute(input, 'alt') ?? attribute(input, 'value') ?? 'OK'
  })
}

/** An image of the page, or a button that is one, and how it would be shown. */
interface Found {
  readonly image: Element
  readonly shown: Shown | undefined
}

/** Images and buttons of images, in order; the address of an image goes from other fields. */
function findImages(page: Page, context: PageContext): Found[] {
  return elements(page.body, 'img', 'input').flatMap(image => {
    if (image.tagName === 'img' || attribute(image, 'type')?.trim().toLowerCase() === 'image')
      return [{ image, shown: shownAs(image, context) }]
    removeAttribute(image, 'src')
    return []
  })
}

/** An image that is smaller for the sake of the page leads to itself in full size, unless it leads elsewhere. */
function linkToFull(image: Element, shown: Shown, context: PageContext): void {
  if (closest(image, 'a') !== undefined) return
  const zoom = zoomAddress(takeHints(shown.address).address, context)
  if (zoom === undefined) return
  const link = createElement('a', { href: addHints(zoom, context.imageHints ?? {}) })
  replace(image, link)
  append(link, image)
}

/**
 * How the images that are shown share what those of a page may weigh, and those of its rest half of it; a page of its
 * time has them as they are.
 */
function scalesOf(found: readonly Found[], page: Page, context: PageContext): ImageScales {
  if (page.untouched) return new Map()
  const room = roomFor(context)
  const [content, rest]: [Sized[], Sized[]] = [[], []]
  for (const { image, shown } of found) {
    if (shown === undefined || image.tagName === 'input' || isIcon(shown, image, context)) continue
    const part = page.rest?.nodes.has(image) === true ? rest : content
    part.push(sizedAs(shown, isMap(image)))
  }
  const scales = shareBudget(content, room)
  return rest.length === 0 ? scales : new Map([...shareRest(rest, room), ...scales])
}

/**
 * Gives images an absolute address, an ALT and the size in which they will be sent, or replaces them: where images are
 * off, or where the page would exceed what the screen's profile allows.
 */
export const plainImages: Step = {
  name: 'plain-images',
  run(page, context) {
    page.pictured ??= picturedLinks(page.body)
    if (page.names.has('map')) plainMaps(page, image => mapScale(image, context))
    const inline = context.profile.images.show && context.choices.images === 'inline'
    const found = findImages(page, context)
    const scales = inline ? scalesOf(found, page, context) : undefined
    const shownLast: Array<readonly [Element, Shown]> = []
    for (const { image, shown } of found) {
      const kept = inline && shown !== undefined
      if (image.tagName === 'input') {
        if (kept) setAttribute(image, 'src', shown.address)
        else plainImageButton(image)
      } else if (kept && (page.untouched || !isIcon(shown, image, context))) {
        const scale = isMap(image) ? 1 : (scales?.get(shown.address) ?? 1)
        if (scale === 0) linkTo(image, shown, page, context)
        else {
          if (scale < SEEN_SCALE && isSized(shown)) linkToFull(image, shown, context)
          shownLast.push([image, scaled(shown, scale)])
        }
      } else describe(image, shown, page, context)
    }
    // All replacement texts are there by now: an ALT may repeat one of them.
    for (const [image, shown] of shownLast) {
      if (page.untouched || !isIcon(shown, image, context)) show(image, shown, page, context)
      else describe(image, shown, page, context)
    }
    nameLinks(page, context.url)
  }
}
