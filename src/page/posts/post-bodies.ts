import { attribute } from '../tree/tree.js'
import type { Region, Survey } from '../content/blocks.js'

const wordsOf = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** What forums and comments call a post; also with what is written in it as one word. */
const HOLDERS = wordsOf(
  'post message msg email comment answer reply response review posting postbody postmsg msgbody commentbody'
)
/** What they call the text of a post, surely and perhaps. */
const INNER = wordsOf('body text content copy prose markdown cooked postbody postmsg msgbody commentbody')
const MAYBE_INNER = wordsOf('message msg')
/** Parts of a post that are called by both words, and hold none of its text; the last ones only where it is unsure. */
const OTHERS = wordsOf(
  'meta header footer head attribution actions action bar tools avatar signature sig title button form menu'
)
const MAYBE_OTHERS = wordsOf(
  'user author details extras arrow name date time inner cell main wrapper group label box count'
)

const SIGNATURES = wordsOf('signature sig')
/** What forums call the words of another post that is answered. */
const QUOTATIONS = wordsOf('quote quoted blockquote quotation bbquote')

/** The name of a post stands on the element itself, or so many above; that of a comment in a form one more. */
const MOST_UP = 2
const IN_FORM = 3

/** What is written in each post of a page that names its posts alike. */
export interface PostBodies {
  /** What its posts are called: post, comment, review */
  readonly name: string
  readonly bodies: readonly Region[]
}

const isText = ({ element }: Region): boolean => attribute(element, 'itemprop') === 'text'

/** Whether a text stands in the signature of who wrote the post. */
const isSigned = ({ names }: Region): boolean => names.some(word => SIGNATURES.has(word))
const isInSignature = ({ parent }: Region): boolean => parent !== undefined && isSigned(parent)

function holderOf(region: Region): string | undefined {
  let at: Region | undefined = region
  const most = region.parent?.element.tagName === 'form' ? IN_FORM : MOST_UP
  for (let up = 0; at !== undefined && up <= most; up++, at = at.parent) {
    const name = at.names.find(word => HOLDERS.has(word))
    if (name !== undefined) return name
  }
  return undefined
}

/** Whether an element is the only one in a post that is called so and nothing else. */
const isAllOfPost = ({ names, parent, alike }: Region): boolean =>
  names[0] === 'inner' && alike === 1 && parent?.names.length === 1 && HOLDERS.has(parent.names[0]!)

/** Whether an element is called a comment and nothing else: who wrote it may stand above it. */
const isCalledPost = ({ names, element }: Region): boolean =>
  names.length === 1 && names[0] === 'comment' && element.tagName !== 'li'

/** How surely the names of an element say that it holds the text of a post. */
function innerBy(region: Region): 'surely' | 'perhaps' | 'no' {
  const { names } = region
  if (isText(region)) return 'surely'
  if (isInSignature(region)) return 'no'
  if (names.some(word => OTHERS.has(word))) return 'no'
  if (names.some(word => INNER.has(word))) return 'surely'
  if (isAllOfPost(region) || isCalledPost(region)) return 'perhaps'
  return names.some(word => MAYBE_INNER.has(word)) && !names.some(word => MAYBE_OTHERS.has(word)) ? 'perhaps' : 'no'
}

interface Key {
  readonly key: string
  readonly name: string
  readonly isSure: boolean
}

/** What posts are called whose texts have the same element and class. */
function keyOf(region: Region): Key | undefined {
  const how = region.words === 0 ? 'no' : innerBy(region)
  const name = how === 'no' ? undefined : (holderOf(region) ?? (isText(region) ? 'post' : undefined))
  if (name === undefined) return undefined
  // What comes later in a class tells posts of one kind apart: odd, first, of the author.
  const [first = ''] = (attribute(region.element, 'class') ?? '').trim().split(/\s+/, 1)
  return { key: `${region.element.tagName} ${first}`, name, isSure: how === 'surely' }
}

interface Group {
  readonly name: string
  readonly bodies: Region[]
  readonly isSure: boolean
}

/** Bodies that hold one each of another group, with so much of their words, only stand around those. Share. */
const MOST_HELD = 0.6

/** What one group has within the bodies of another. */
interface Held {
  readonly bodies: number
  readonly words: number
}

/** What each group holds of the others. */
function heldBy(
  groups: readonly Group[],
  holders: ReadonlyMap<Region, ReadonlySet<Group>>
): Map<Group, Map<Group, Held>> {
  const all = new Map<Group, Map<Group, Held>>()
  for (const group of groups) {
    for (const body of group.bodies) {
      for (const holder of holders.get(body) ?? []) {
        if (holder === group) continue
        const others = all.get(holder) ?? new Map<Group, Held>()
        all.set(holder, others)
        const held = others.get(group) ?? { bodies: 0, words: 0 }
        others.set(group, { bodies: held.bodies + 1, words: held.words + body.words })
      }
    }
  }
  return all
}

/** Whether most bodies of a group only hold those of another: what is around a text is often called a text as well. */
function isAround(
  { bodies, isSure }: Group,
  held: ReadonlyMap<Group, Held> = new Map<Group, Held>(),
  signed: ReadonlyMap<Region, number>
): boolean {
  const words = bodies.reduce((sum, body) => sum + body.words - (signed.get(body) ?? 0), 0)
  return [...held.values()].some(
    other =>
      (bodies.length === 1 && other.bodies > 1) ||
      (!isSure && 2 * other.bodies >= bodies.length) ||
      (other.bodies >= bodies.length && other.words >= MOST_HELD * words)
  )
}

/** How many words of signatures stand in each element that holds some. */
function signedIn(regions: readonly Region[]): ReadonlyMap<Region, number> {
  const signed = new Map<Region, number>()
  for (const region of regions) {
    if (region.words === 0 || !isSigned(region) || (region.parent !== undefined && isSigned(region.parent))) continue
    for (let at = region.parent; at !== undefined; at = at.parent) signed.set(at, (signed.get(at) ?? 0) + region.words)
  }
  return signed
}

/** The groups that the elements around each body belong to. */
function holdersOf(groups: readonly Group[]): Map<Region, ReadonlySet<Group>> {
  const groupOf = new Map<Region, Group>()
  for (const group of groups) for (const body of group.bodies) groupOf.set(body, group)
  const held = new Map<Region, ReadonlySet<Group>>()
  for (const body of groupOf.keys()) {
    const around = new Set<Group>()
    for (let at = body.parent; at !== undefined; at = at.parent) {
      const group = groupOf.get(at)
      if (group !== undefined) around.add(group)
    }
    held.set(body, around)
  }
  return held
}

/**
 * What stands in quotations within posts: the words of other posts, which are often called what posts are called. A
 * review in a quotation is that of a customer.
 */
function quotedOf(regions: readonly Region[]): ReadonlySet<Region> {
  const isPost = (name: string): boolean => HOLDERS.has(name) && name !== 'review'
  const inPosts = new Set<Region>()
  const quoted = new Set<Region>()
  for (const region of regions) {
    const { parent } = region
    if (parent === undefined) continue
    if (inPosts.has(parent) || parent.names.some(isPost)) inPosts.add(region)
    if (quoted.has(parent) || (inPosts.has(parent) && parent.names.some(name => QUOTATIONS.has(name))))
      quoted.add(region)
  }
  return quoted
}

/** The texts of posts, comments, answers and reviews of a page, in groups of one kind each. */
export function findPostBodies({ regions }: Survey): PostBodies[] {
  const found = new Map<string, Group>()
  const quoted = quotedOf(regions)
  for (const region of regions) {
    const key = quoted.has(region) ? undefined : keyOf(region)
    if (key === undefined) continue
    const bodies = found.get(key.key)?.bodies ?? []
    bodies.push(region)
    // The first of them may be called something else: a post before its comments.
    found.set(key.key, { ...key, bodies })
  }
  const groups = [...found.values()]
  const holders = holdersOf(groups)
  const held = heldBy(groups, holders)
  const signed = signedIn(regions)
  return groups
    .filter(group => !isAround(group, held.get(group), signed))
    .map(group => ({ ...group, bodies: group.bodies.filter(body => !holders.get(body)?.has(group)) }))
}
