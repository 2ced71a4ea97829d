import { resolve } from '../addresses/address.js'
import { hasSize, imageKey, needsSize } from '../images/known-sizes.js'
import type { PageContext } from '../step.js'
import { isTracker } from '../images/is-tracker.js'
import { chosenSource } from '../images/source/chosen-source.js'
import { tagAttributes } from './tag-attributes.js'
import { attribute, createElement, setAttribute, type Element } from '../tree/tree.js'

/** Few people see what is further down a page. Bytes. */
export const MOST_BYTES = 1024 * 1024
/** Longer tags are cut; one with its SRCSET has up to some 3,000 characters. */
const TAG_CHARACTERS = 8000
/** Longer addresses are skipped: servers accept some 8,000 characters, browsers of the time 1,000 to 2,000. */
const ADDRESS_CHARACTERS = 2000
/** Tags of images that are read. */
const MOST_TAGS = 1000

/** Finds the tags for images, and those whose content is to be skipped, in one pass over the markup. */
const TAGS =
  /<(?:(!--)|(script|style|template|textarea|title|xmp|iframe|noembed|noframes)(?=[\s>/])|(img|amp-img|image|source|picture|\/picture|base|video)(?=[\s>/]))/gi

/** The state of the search. */
interface Scan {
  readonly client: Pick<PageContext, 'profile' | 'display'>
  base: URL
  hasBase: boolean
  /** The SOURCE elements of the PICTURE that is open */
  sources: Element[]
  tags: number
  readonly found: Map<string, URL>
}

const isHidden = (image: Element): boolean =>
  attribute(image, 'hidden') !== undefined || /(?:^|[;\s])display\s*:\s*none/.test(attribute(image, 'style') ?? '')

/** An address in a charset other than UTF-8 would differ from the one that the conversion finds. */
const isClean = (address: string): boolean => !address.includes('\uFFFD') && !/^data:/i.test(address)

function add(scan: Scan, address: string | undefined): void {
  const url =
    address === undefined || address.length > ADDRESS_CHARACTERS || !isClean(address)
      ? undefined
      : resolve(address, { base: scan.base, charset: 'UTF-8' })
  if (url !== undefined && /^https?:$/.test(url.protocol)) scan.found.set(imageKey(url), url)
}

function addImage(scan: Scan, image: Element): void {
  const source =
    isHidden(image) || hasSize(image) || !needsSize(image, scan.client.profile)
      ? undefined
      : chosenSource(image, { sources: scan.sources }, scan.client)
  if (source === undefined || (source.width > 0 && source.height > 0)) return
  setAttribute(image, 'src', source.address.trim())
  if (!isTracker(image)) add(scan, attribute(image, 'src'))
}

function take(scan: Scan, name: string, attributes: Record<string, string>): void {
  switch (name) {
    case 'base':
      if (
        scan.hasBase ||
        attributes.href === undefined ||
        attributes.href.length > ADDRESS_CHARACTERS ||
        !URL.canParse(attributes.href, scan.base.href)
      )
        return
      scan.base = new URL(attributes.href, scan.base.href)
      scan.hasBase = true
      return
    case 'picture':
    case '/picture':
      scan.sources = []
      return
    case 'source':
      scan.sources.push(createElement('source', attributes))
      return
    case 'video':
      return add(scan, attributes.poster === '' || !scan.client.profile.images.sizes ? undefined : attributes.poster)
    default:
      addImage(scan, createElement('img', attributes))
      // The SOURCE elements belong to one image.
      scan.sources = []
  }
}

/**
 * The images of a page without a size that is needed, in their order, by imageKey(). They are found without parsing, so that their
 * sizes can be found out before the page is converted.
 */
export function unsizedImages(
  bytes: Buffer,
  url: URL,
  client: Pick<PageContext, 'profile' | 'display'>
): ReadonlyMap<string, URL> {
  const scan: Scan = { client, base: url, hasBase: false, sources: [], tags: 0, found: new Map() }
  const markup = bytes.toString('utf8', 0, MOST_BYTES)
  if (!client.profile.images.sizes && !/\sismap\b/i.test(markup)) return scan.found
  const tags = new RegExp(TAGS)
  for (let match = tags.exec(markup); match !== null && scan.tags < MOST_TAGS; match = tags.exec(markup)) {
    const [, comment, raw = '', tag] = match
    if (tag === undefined) {
      // The name is one of those in TAGS, without any repeat, and the search begins where the tag ended.
      // eslint-disable-next-line patterns/known
      const end = comment === undefined ? new RegExp(`</${raw}`, 'gi') : /-->/g
      end.lastIndex = tags.lastIndex
      if (end.exec(markup) === null) break
      tags.lastIndex = end.lastIndex
      continue
    }
    scan.tags++
    const { attributes, end } = tagAttributes(markup, tags.lastIndex, TAG_CHARACTERS)
    tags.lastIndex = end
    take(scan, tag.toLowerCase(), Object.fromEntries(attributes))
  }
  return scan.found
}
