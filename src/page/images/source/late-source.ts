import { attribute, type Element } from '../../tree/tree.js'
import { isPlaceholder } from './placeholder.js'

/** Attributes for the real address of an image that is loaded late, best first. */
const LATE = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-lazy',
  'data-hi-res-src',
  'data-hires',
  'data-full-src',
  'data-image-src',
  'data-img-src',
  'data-echo',
  'data-url',
  'data-bg',
  'data-src-medium',
  'data-src-small',
  'data-default-src'
]
const LATE_SETS = ['data-srcset', 'data-lazy-srcset', 'data-original-set']

/** Every plug-in has a name of its own for the same: nitro-lazy-src, data-cfsrc, data-pmsrc, data-orig-file. */
const LATE_PREFIX = /^(?:data|nitro|lazy)/
const LATE_WORD = /src|original|lazy|file|image|img|url/
const LATE_SET_NAME = /^(?:data|nitro|lazy)-[a-z\d-]*srcset$/
/** Longer names are nobody's. Characters. */
const MOST_NAME = 40
/** These hold another image than the one that is shown, or none. */
const OTHER_NAME = /zoom|hover|link|href|share|pin|fallback|placeholder|set$|page/
const IMAGE_ADDRESS = /^[^\s{[][^\s]*\.(?:jpe?g|png|gif|webp|avif|svg)(?![a-z\d])/i

/** Names of classes by which scripts find the images that they load. */
const LATE_CLASS = /(?:^|[\s_-])(?:b-)?(?:lazy|lozad|unveil)/i
const LOADED_CLASS = /lazy-?loaded/i

/** Whether a script is to change the address of an image that has another one in store. */
export function isLate(image: Element): boolean {
  const classes = attribute(image, 'class') ?? ''
  return LATE_CLASS.test(classes) && !LOADED_CLASS.test(classes)
}

const isAddress = (value: string | undefined): value is string =>
  value !== undefined && !isPlaceholder(value) && !/^\s*[{[]/.test(value)

/** The address that a script would give an image, by an attribute that is known for it. */
export const lateAddress = (image: Element): string | undefined =>
  LATE.map(name => attribute(image, name)).find(isAddress)

const isLateName = (name: string): boolean =>
  name.length <= MOST_NAME &&
  LATE_PREFIX.test(name) &&
  LATE_WORD.test(name.replace(LATE_PREFIX, '')) &&
  !OTHER_NAME.test(name)

/** The same by any attribute that may be meant so: only where nothing else is there. */
export const likelyAddress = (image: Element): string | undefined =>
  image.attrs.find(({ name, value }) => isLateName(name) && IMAGE_ADDRESS.test(value) && isAddress(value))?.value

/** The sets of addresses of an image or SOURCE that a script would use, known names first. */
export const lateSets = (element: Element): string[] => [
  ...LATE_SETS.map(name => attribute(element, name)).filter(set => set !== undefined),
  ...element.attrs
    .filter(({ name }) => name.length <= MOST_NAME && LATE_SET_NAME.test(name) && !LATE_SETS.includes(name))
    .map(({ value }) => value)
]

/** A picture that stands so often with another address in store each time is a loader. Images. */
const LEAST_USES = 3

/** The addresses of a page's images that are shown in many places until a script runs: a logo, a grey box. */
export function loadersOf(images: readonly Element[]): ReadonlySet<string> {
  const uses = new Map<string, Set<string>>()
  for (const image of images) {
    const source = attribute(image, 'src')
    const late = source === undefined ? undefined : (lateAddress(image) ?? lateSets(image)[0])
    if (source === undefined || late === undefined || late === source) continue
    const own = uses.get(source) ?? new Set()
    uses.set(source, own.add(late))
  }
  return new Set([...uses].filter(([, late]) => late.size >= LEAST_USES).map(([source]) => source))
}
