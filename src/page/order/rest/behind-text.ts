import { tallyOf } from '../../menus/menus.js'
import { leadsOn } from '../../lists/pager.js'
import { isElement, isInside, isText, type Element } from '../../tree/tree.js'
import { tellsWho } from '../byline.js'
import type { Atom } from './page-atoms.js'

/** What turns pages may stand behind a few other things: how many entries there are, views. Atoms, letters. */
const MOST_BETWEEN = 6
const LETTERS_BETWEEN = 120
/** A longer text is no byline. Letters. */
const MOST_LETTERS = 300
/** What a line begins with that says who has written the text above, or when. */
const SIGNS =
  /^\s*((text |words |posted |written |published |story |reviewed |edited )?by\b|(posted|published|updated|last (updated|reviewed|modified)|reviewed)( on)?:?\s)/i

/** The elements around an atom below the one that it shares with the atom before it, the innermost first. */
function* elementsOf({ node, around }: Atom): Generator<Element> {
  for (let at = node.parentNode; at !== null && at !== around && isElement(at); at = at.parentNode) yield at
}

/** The outermost element around an atom that leads to other pages and does nothing else. */
const pagerAround = (atom: Atom): Element | undefined => [...elementsOf(atom)].findLast(leadsOn)

/** The outermost element around an atom that is the byline, or the innermost one if the atom begins like a byline. */
function bylineAround(atom: Atom): Element | undefined {
  const [inner] = elementsOf(atom)
  let found = isText(atom.node) && SIGNS.test(atom.node.value) ? inner : undefined
  for (const element of elementsOf(atom)) {
    const tally = tallyOf(element)
    if (tally.letters > MOST_LETTERS) break
    if (tellsWho(element, tally)) found = element
  }
  return found
}

function endOf(atoms: readonly Atom[], start: number, element: Element): number {
  let end = start
  while (end < atoms.length && isInside(atoms[end]!.node, element)) end++
  return end
}

/** Behind what leads on from the content, such as to the next chapter, and stands near its end. */
function behindPager(atoms: readonly Atom[], start: number): number {
  let letters = 0
  for (let at = start; at < Math.min(atoms.length, start + MOST_BETWEEN) && letters <= LETTERS_BETWEEN; at++) {
    const pager = pagerAround(atoms[at]!)
    if (pager !== undefined) return endOf(atoms, at, pager)
    const { node } = atoms[at]!
    letters += isText(node) ? node.value.length : 0
  }
  return start
}

/** Behind the lines that say who has written the content, and when. */
function behindByline(atoms: readonly Atom[], start: number): number {
  const atom = atoms[start]
  const byline = atom === undefined ? undefined : bylineAround(atom)
  return byline === undefined ? start : endOf(atoms, start, byline)
}

/** The place behind what stands at the end of a content and belongs to it: its byline, what leads to its other pages. */
export const behindText = (atoms: readonly Atom[], start: number): number =>
  behindPager(atoms, behindByline(atoms, start))
