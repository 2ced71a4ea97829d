import { DONE as LOOKED } from '../article/show-article.js'
import type { Region } from '../content/blocks.js'
import type { Content } from '../content/content.js'
import { holdersOf } from '../tree/holders.js'
import { frontMatterOf, pathOf } from '../order/front-matter.js'
import { keepLeadPicture } from '../order/aside/lead-picture.js'
import { freeKickers } from '../order/kickers.js'
import { mainPartOf, type MainPart } from '../order/main-part.js'
import { moveContents } from '../order/move-contents.js'
import { moveOrderForms } from '../order/order-forms.js'
import { partsOf } from '../order/parts-of.js'
import { moveOtherColumns } from '../order/other-column.js'
import { setAside } from '../order/set-aside.js'
import { dropSkipLinks, type Skipping } from '../menus/skip-links.js'
import { tallyOf } from '../menus/menus.js'
import type { Page, PageContext, Step } from '../step.js'
import { lookBeforeText } from '../order/before-text.js'
import {
  append,
  appendAll,
  attribute,
  closest,
  contains,
  createElement,
  createParent,
  createText,
  elements,
  isElement,
  isText,
  prepend,
  remove,
  removeAttribute,
  type Element,
  type Node
} from '../tree/tree.js'

const DONE = 'data-content-first'
/** The ID that the line at the top links to. */
const MENU_ID = 'retrograde-menu'
/** Fewer links after the content need no link to them at the top. */
const LEAST_JUMP_LINKS = 4
/** A longer text about cookies is a page about them; a shorter box without links or fields is useless. Letters. */
const MOST_CONSENT = 4000
const MOST_DROPPED = 600
/** A longer box with so many fields and buttons asks about cookies all the same. Fields. */
const LEAST_ASKED = 8
/** And has no more pictures than the logos of the site and of who has made the box. Images. */
const MOST_LOGOS = 2

/** These are valid only in lists: their content moves in a block of its own. */
const PARTS = new Set(['li', 'dt', 'dd'])

/**
 * Whether only a script could answer the question of a box: it has buttons, but no field and no link that leads
 * anywhere.
 */
function isUseless(box: Element): boolean {
  const { letters, links } = tallyOf(box)
  if (
    links > 0 ||
    letters > MOST_DROPPED ||
    contains(box, ({ tagName }) => ['main', 'article', 'h1', 'img', 'select', 'textarea'].includes(tagName))
  )
    return false
  const buttons = elements(box, 'button', 'a', 'input')
  return (
    buttons.length > 0 &&
    buttons.every(
      button => button.tagName !== 'input' || /^(submit|button|checkbox)$/i.test(attribute(button, 'type') ?? '')
    )
  )
}

const holdsPage = (box: Element): boolean => contains(box, ({ tagName }) => tagName === 'main' || tagName === 'article')

/** Removes the useless boxes about cookies and returns the others. */
function dropConsents(boxes: readonly Element[]): Element[] {
  return boxes.filter(box => {
    if (isUseless(box)) remove(box)
    else return tallyOf(box).letters <= MOST_CONSENT && !holdsPage(box)
    return false
  })
}

/** Whether a box is as long as a page, and yet none: what is around all of a page may be called by the box on it. */
function isLongBox(box: Element): boolean {
  const { letters, images } = tallyOf(box)
  return letters > MOST_CONSENT && images <= MOST_LOGOS && !holdsPage(box)
}

/**
 * The boxes that ask about each of the firms that may set cookies. Their names are more than the text of many a page,
 * which would seem to be about them. Their fields, which nobody could send, have gone already.
 */
function askingOfEach(boxes: readonly Element[], content: Content | undefined): Element[] {
  const long = new Set(boxes.filter(isLongBox))
  if (long.size === 0 || content === undefined) return []
  const asks = ({ element, controls }: Region): boolean => long.has(element) && controls >= LEAST_ASKED
  return content.survey.regions.filter(asks).map(({ element }) => element)
}

/** What tells skip links of a page from other links within it. */
function skippingOf(links: readonly Element[], main: MainPart | undefined, body: Element): Skipping {
  const around = main === undefined ? [] : [...pathOf(main.start, body), ...pathOf(main.prose, body)].filter(isElement)
  return { links, around, start: main?.start }
}

/** Turns a part of a list into a block. */
function asBlock(node: Node): Node {
  if (!isElement(node) || !PARTS.has(node.tagName)) return node
  const block = createParent('div', node.childNodes)
  remove(node)
  return block
}

/** Nodes that were next to each other, and the element to whose end they move: the body, or the form around them. */
interface Group {
  readonly parent: Node['parentNode']
  readonly end: Element
  readonly nodes: Node[]
}

function groupsOf(nodes: readonly Node[], body: Element): Group[] {
  const groups: Group[] = []
  for (const node of nodes) {
    const last = groups.at(-1)
    if (last !== undefined && last.parent === node.parentNode) last.nodes.push(node)
    else groups.push({ parent: node.parentNode, end: closest(node, 'form') ?? body, nodes: [node] })
  }
  return groups
}

/** Moves nodes to the end, under a line. */
function moveBehind(nodes: readonly Node[], body: Element): void {
  const ends = new Set<Element>()
  for (const { end, nodes: together } of groupsOf(nodes, body)) {
    if (!ends.has(end)) append(end, createElement('hr', ends.size === 0 ? { id: MENU_ID } : {}))
    ends.add(end)
    const block = createElement('div')
    append(end, block)
    appendAll(block, together.map(asBlock))
  }
}

/** Keeps the target of "Back to top" at the top. */
function keepTop(moved: readonly Element[], body: Element): void {
  const nameOf = (element: Element): string => attribute(element, 'id') ?? attribute(element, 'name') ?? ''
  const top = moved
    .flatMap(element => [element, ...elements(element)])
    .find(element => /^(page-?)?top$/i.test(nameOf(element)))
  if (top === undefined) return
  const name = nameOf(top)
  removeAttribute(top, 'id')
  removeAttribute(top, 'name')
  prepend(body, createElement('a', { name }))
}

/** Adds the line at the top: "Site menu" if the page has it, else a link to what was moved. */
function addMenuLine(moved: readonly Element[], body: Element, { portal, url }: PageContext): void {
  const menuPage = `${portal}/menu?`
  const siteMenu = elements(body, 'a').find(link => attribute(link, 'href')?.startsWith(menuPage))
  if (siteMenu !== undefined) return prepend(body, closest(siteMenu, 'p') ?? siteMenu)
  const links = moved.reduce((sum, element) => sum + tallyOf(element).links, 0)
  if (links < LEAST_JUMP_LINKS) return
  const address = new URL(url.href)
  address.hash = MENU_ID
  prepend(body, createElement('p', {}, createElement('a', { href: address.href }, createText('Menu'))))
}

/** The parts of what a page is about that stand behind its title. */
function partsBehind({ opening }: MainPart, content: Content, url: URL): ReadonlySet<Node> {
  const parts = partsOf(content, url)
  if (parts.size === 0) return parts
  const behind = content.survey.blocks.slice(opening.title + 1).flatMap(({ texts }) => texts)
  return new Set(behind.filter(text => parts.has(text)))
}

/** What stands before the text and may wait; lists of contents have gone to the end already. */
function withoutContents(main: MainPart, page: Page, context: PageContext): Node[] {
  const { body, content, title } = page
  const aside = setAside(main.opening, { content: content!, body, title, lines: context.pageLines })
  moveContents(aside.contents, body, context)
  const parts = partsBehind(main, content!, context.url)
  const holders = parts.size === 0 ? undefined : holdersOf(body, node => isText(node) && parts.has(node))
  const front = frontMatterOf(main, body, {
    aside: aside.others,
    stays: element => holders?.has(element) === true && !aside.again.has(element)
  })
  keepLeadPicture(front, main.opening, page)
  moveOrderForms(main, { content: content!, body }, context)
  return moveOtherColumns(front, main, { content: content!, body })
}

/**
 * Moves what is before the content of a page after it: headers, menus, breadcrumbs, boxes, bars to share. A page
 * that is about next to nothing keeps its order; only boxes about cookies go to its end. An article that is shown alone
 * has nothing before it.
 */
export const contentFirst: Step = {
  name: 'content-first',
  run(page, context) {
    const { body, title } = page
    const named = { title, url: context.url }
    if (attribute(body, DONE) !== undefined || attribute(body, LOOKED) === '') return
    const { innerLinks, consents } = lookBeforeText(body)
    const asking = new Set(askingOfEach(consents, page.content))
    for (const box of asking) remove(box)
    const find = (): MainPart | undefined =>
      page.content === undefined ? undefined : mainPartOf(page.content, named, body)
    const found = find()
    // The content may have begun in what has gone.
    const main = dropSkipLinks(skippingOf(innerLinks, found, body), body) > 0 ? find() : found
    const boxes = dropConsents(consents.filter(box => !asking.has(box)))
    body.attrs.push({ name: DONE, value: '' })
    const nodes = [...(main === undefined ? boxes : withoutContents(main, page, context)), ...asking]
    moveBehind(nodes, body)
    if (main !== undefined) freeKickers(page.content!.survey.blocks[main.opening.title]!.texts[0] ?? main.start, body)
    if (nodes.length === 0) return
    const moved = nodes.filter(isElement)
    keepTop(moved, body)
    if (main !== undefined) addMenuLine(moved, body, context)
  }
}
