import type { Region } from '../../content/blocks.js'
import { likelyWordsIn, wordsIn, type Content } from '../../content/content.js'
import { behindText } from './behind-text.js'
import { mainTextsOf } from './main-texts.js'
import { atomsOf, type Atom } from './page-atoms.js'
import { toldOf } from './told-rest.js'
import { partsOf } from '../parts-of.js'
import type { Rest } from '../../step.js'
import { attribute, closest, HEADINGS, isElement, isText, type Element, type Node } from '../../tree/tree.js'

/** What is chosen is content for sure: so likely on the whole, and no more of its words in links than these. */
const LIKELY_CHOSEN = 0.6
const MOST_LINKED = 0.5
/** What the page is likely about and stands behind its content all the same. Share of its letters. */
const MOST_BEHIND = 0.08
/** A letter of content that waits costs as much as so many bytes that come with the content and are none of it. */
const LETTER = 6
/**
 * What a place costs that is inside of what stands together: for each element around it, in a list, between two sections
 * alike, behind a heading. Bytes
 */
const EACH_LEVEL = 40
const IN_LIST = 1500
const BETWEEN_ALIKE = 500
const BEHIND_HEADING = 300
/** An entry of a list has no more of the words of the content. Share. */
const MOST_OF_ENTRY = 0.2
const SEVERAL = 3

/** A page of fewer bytes, or with fewer behind its content, stays whole. Estimated from the tree. */
const LEAST_WHOLE = 10_000
const LEAST_REST = 3000

const ENTRIES = new Set(['li', 'tr', 'dt', 'dd', 'td'])

/** Whether it is known what the page is about, and that this is a text and no list of links. */
function isSure(content: Content): boolean {
  const { chosen } = content
  const words = wordsIn(chosen)
  let linked = 0
  for (const block of chosen) linked += block.linked
  return words > 0 && likelyWordsIn(chosen, content) >= LIKELY_CHOSEN * words && linked <= MOST_LINKED * words
}

const classOf = (node: Node | undefined): string | undefined =>
  node === undefined || !isElement(node) ? undefined : (attribute(node, 'class') ?? '') || undefined

/** Whether two nodes side by side are entries of one list. */
const areAlike = (one: Node | undefined, other: Node): boolean =>
  one !== undefined &&
  (ENTRIES.has(one.nodeName)
    ? ENTRIES.has(other.nodeName)
    : one.nodeName === other.nodeName && (classOf(one) ?? one) === classOf(other))

/** Tells whether a node is an entry of a list, or an element in one. */
function entriesOf({ survey, chosen }: Content): (node: Node) => boolean {
  const most = MOST_OF_ENTRY * wordsIn(chosen)
  const regions = new Map<Element, Region>(survey.regions.map(region => [region.element, region]))
  const known = new Map<Element, boolean>()
  const isEntry = (element: Element): boolean => {
    const region = regions.get(element)
    return ENTRIES.has(element.tagName) || (region !== undefined && region.alike >= SEVERAL && region.words <= most)
  }
  const isIn = (element: Element): boolean => {
    let is = known.get(element)
    if (is === undefined) {
      const { parentNode } = element
      is = isEntry(element) || (parentNode !== null && isElement(parentNode) && isIn(parentNode))
      known.set(element, is)
    }
    return is
  }
  return node => isElement(node) && isIn(node)
}

const isHeading = (atom: Atom | undefined): boolean =>
  atom !== undefined && closest(atom.node, ...HEADINGS) !== undefined

/** The place among the atoms from which there is next to no content any more. */
function startOfRest(atoms: readonly Atom[], content: Content, main: ReadonlySet<Node>): number {
  const isInList = entriesOf(content)
  const tears = ({ around, before, branch }: Atom): number => {
    const alike = areAlike(before, branch)
    if (isInList(around) || (alike && isInList(branch))) return IN_LIST
    return alike ? BETWEEN_ALIKE : 0
  }
  const costAt = (atom: Atom, at: number): number =>
    EACH_LEVEL * atom.depth + tears(atom) + (isHeading(atoms[at - 1]) ? BEHIND_HEADING : 0)
  let best = atoms.length
  let least = 0
  let waiting = 0
  for (let at = atoms.length - 1; at > 0 && !main.has(atoms[at]!.node); at--) {
    const atom = atoms[at]!
    // A picture goes with the texts around it.
    if (isText(atom.node)) waiting += LETTER * atom.expected - (1 - atom.likelihood) * atom.bytes
    const cost = waiting + costAt(atom, at)
    if (cost >= least) continue
    least = cost
    best = at
  }
  return best
}

/** Finds what stands behind the content of a page, if it is known what that is and the rest is worth a part of its own. */
export function restOf(content: Content, body: Element, url: URL): Rest | undefined {
  if (!isSure(content)) return undefined
  const atoms = atomsOf(body, content, partsOf(content, url))
  const bytesOf = (some: readonly Atom[]): number => some.reduce((sum, { bytes }) => sum + bytes, 0)
  const lettersOf = (some: readonly Atom[]): number => some.reduce((sum, { expected }) => sum + expected, 0)
  if (bytesOf(atoms) < LEAST_WHOLE) return undefined
  const found = startOfRest(atoms, content, mainTextsOf(content, body))
  if (found === atoms.length) return undefined
  const rest = atoms.slice(behindText(atoms, found))
  if (bytesOf(rest) < LEAST_REST || lettersOf(rest) > MOST_BEHIND * lettersOf(atoms)) return undefined
  return { nodes: new Set(rest.map(({ node }) => node)), told: toldOf(rest) }
}
