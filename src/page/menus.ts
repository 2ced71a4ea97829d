import { attribute, isElement, isText, type Element, type Node } from './tree.js'

/** A block with fewer links is no menu. */
const LEAST_LINKS = 4
/** Share of the letters of a menu that is in links, where the page says that it is one. */
const NAMED_SHARE = 0.5
/** Where it does not: so many links, so few letters between them, and links as short as those of menus. */
const UNNAMED_LEAST_LINKS = 10
const UNNAMED_PROSE_PER_LINK = 2
const SHORT_LINK = 22
/** More letters outside links are worth reading, in all and in one paragraph. */
const MOST_PROSE = 400
const PARAGRAPH = 70

const NAMED_TAGS = new Set(['nav', 'footer', 'header', 'aside', 'menu'])
const NAMED_ROLES = new Set(['navigation', 'banner', 'contentinfo', 'complementary', 'menu', 'menubar', 'directory'])
const NAMED_CLASS = /(^|[-_\s])(nav|navbar|navigation|menu|submenu|footer|sidebar|breadcrumbs?|toolbar|topbar|masthead|share|social|related|widget|tags?|sitemap|links|categor(y|ies)|archives?)([-_\s]|$)/i
const BLOCKS = new Set(['div', 'ul', 'ol', 'td', 'table', 'section', 'nav', 'footer', 'header', 'aside', 'menu', 'dl', 'center', 'p'])
const CONTENT = new Set(['main', 'article', 'h1', 'pre'])

/** What is below an element, counted once for all. */
interface Tally {
  links: number
  /** Letters and digits, in all and within links */
  letters: number
  linked: number
  images: number
  /** A heading of the page, an article, or a paragraph of prose */
  content: boolean
}

/** Letters and digits: spaces, bars and dots stand between the links of a menu. All outside ASCII counts as letters. */
function lettersIn (text: string): number {
  let letters = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code > 191) letters++
  }
  return letters
}

/** Links within the page are no menu but its table of contents. */
const isLink = (element: Element): boolean => element.tagName === 'a' && /^[^#]/.test(attribute(element, 'href') ?? '')

/** Tallies of all elements below root, children before their parents. */
function tally (root: Element): ReadonlyMap<Element, Tally> {
  const tallies = new Map<Element, Tally>()
  const stack: Array<{ element: Element, children: readonly Node[], index: number, counts: Tally }> = []
  const enter = (element: Element): void => {
    stack.push({ element, children: element.childNodes, index: 0, counts: { links: 0, letters: 0, linked: 0, images: 0, content: false } })
  }
  enter(root)
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child = top.children[top.index++]
    if (child === undefined) {
      stack.pop()
      finish(top.element, top.counts)
      tallies.set(top.element, top.counts)
      const outer = stack.at(-1)?.counts
      if (outer !== undefined) add(outer, top.counts)
    } else if (isText(child)) top.counts.letters += lettersIn(child.value)
    else if (isElement(child)) enter(child)
  }
  return tallies
}

function finish (element: Element, counts: Tally): void {
  if (isLink(element)) {
    counts.links++
    counts.linked = counts.letters
  }
  if (element.tagName === 'img') counts.images++
  if (CONTENT.has(element.tagName) || (element.tagName === 'p' && counts.letters - counts.linked > PARAGRAPH)) counts.content = true
}

function add (outer: Tally, inner: Tally): void {
  outer.links += inner.links
  outer.letters += inner.letters
  outer.linked += inner.linked
  outer.images += inner.images
  outer.content ||= inner.content
}

function isNamed (element: Element): boolean {
  if (NAMED_TAGS.has(element.tagName) || NAMED_ROLES.has(attribute(element, 'role') ?? '')) return true
  return NAMED_CLASS.test(`${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`)
}

const isMain = (element: Element): boolean => element.tagName === 'main' || attribute(element, 'role') === 'main'

function isMenu (element: Element, counts: Tally, within: boolean): boolean {
  if (within && !NAMED_TAGS.has(element.tagName)) return false
  const prose = counts.letters - counts.linked
  if (!BLOCKS.has(element.tagName) || counts.links < LEAST_LINKS || counts.content || prose > MOST_PROSE) return false
  if (isNamed(element)) return counts.linked >= NAMED_SHARE * counts.letters
  return counts.links >= UNNAMED_LEAST_LINKS && counts.images === 0 && prose <= UNNAMED_PROSE_PER_LINK * counts.links && counts.linked < SHORT_LINK * counts.links
}

/** The menus of a page: never within an article, in its main part only what is called so, and never what has a paragraph to read. */
export function menusOf (body: Element): { menus: Element[], links: number } {
  const tallies = tally(body)
  const menus: Element[] = []
  let links = 0
  const stack: Array<{ element: Element, within: boolean }> = [{ element: body, within: false }]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { element } = top
    const within = top.within || isMain(element)
    const counts = tallies.get(element)!
    if (element.tagName === 'article' || counts.links < LEAST_LINKS) continue
    if (element !== body && isMenu(element, counts, within)) {
      menus.push(element)
      links += counts.links
      continue
    }
    for (let at = element.childNodes.length - 1; at >= 0; at--) {
      const child = element.childNodes[at]!
      if (isElement(child)) stack.push({ element: child, within })
    }
  }
  return { menus, links }
}
