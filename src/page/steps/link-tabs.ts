import { namesWhatItOpens } from '../forms/buttons/mute-buttons.js'
import { hasText } from '../tree/holders.js'
import type { Step } from '../step.js'
import {
  appendAll,
  attribute,
  closest,
  createElement,
  elements,
  isBlank,
  isText,
  plainText,
  remove,
  replace,
  type Element,
  type Node,
  type Parent
} from '../tree/tree.js'

/** What scripts are told to make of a button that shows one of several parts of a page. */
const TOGGLED = new Set(['tab', 'pill', 'list'])
/** Fewer choose nothing: what is shown without a tab beside it needs no name. Tabs. */
const LEAST = 2

/** A button that shows one of several parts of a page, and hides the others. */
interface Tab {
  readonly button: Element
  /** What all tabs of these parts stand in */
  readonly row: Parent | null
  /** The ID of what it shows */
  readonly shows: string
}

const isTab = (button: Element): boolean =>
  attribute(button, 'role') === 'tab' ||
  TOGGLED.has(attribute(button, 'data-bs-toggle') ?? attribute(button, 'data-toggle') ?? '')

const shownBy = (button: Element): string =>
  attribute(button, 'aria-controls')?.trim() ??
  /^#(\S+)$/.exec(attribute(button, 'data-bs-target') ?? attribute(button, 'data-target') ?? '')?.[1] ??
  ''

/** Where the tabs beside one stand: in its list, or in its parent. */
const rowOf = (button: Element): Parent | null => closest(button, 'ul', 'ol') ?? button.parentNode

/** The tabs of a page that name what they show, and show what is there. */
function tabsIn(body: Element): Tab[] {
  const tabs = elements(body, 'button')
    .filter(button => isTab(button) && closest(button, 'nav', 'header', 'footer') === undefined)
    .map(button => ({ button, row: rowOf(button), shows: shownBy(button) }))
    .filter(({ button }) => namesWhatItOpens(plainText(button)))
  if (tabs.length < LEAST) return []
  const asked = new Set(tabs.map(({ shows }) => shows))
  const there = new Set(
    elements(body)
      .filter(element => asked.has(attribute(element, 'id') ?? '') && hasText(element))
      .map(element => attribute(element, 'id'))
  )
  return tabs.filter(({ shows }) => shows !== '' && there.has(shows))
}

function linkTo({ button, shows }: Tab): Element {
  const link = createElement('a', { href: `#${encodeURIComponent(shows)}` })
  appendAll(link, button.childNodes)
  const last = link.childNodes.at(-1)
  if (last !== undefined && isText(last)) last.value = last.value.trimEnd()
  return link
}

/** Puts links right behind each other that have only white space between them: so they are a row, with bars. */
function close(parent: Parent, links: ReadonlySet<Node>): void {
  const isLink = (node: Node | undefined): boolean => node !== undefined && links.has(node)
  const between = parent.childNodes.filter(
    (node, at, nodes) => isBlank(node) && isLink(nodes[at - 1]) && isLink(nodes[at + 1])
  )
  for (const blank of between) remove(blank)
}

function linkRow(tabs: readonly Tab[]): void {
  const links = new Set<Node>()
  const parents = new Set<Parent>()
  for (const tab of tabs) {
    const link = linkTo(tab)
    if (tab.button.parentNode !== null) parents.add(tab.button.parentNode)
    links.add(link)
    replace(tab.button, link)
  }
  for (const parent of parents) close(parent, links)
}

/**
 * Makes links of the buttons that show one of several parts of a page: without scripts all of them are there, one below
 * the other, and would have no name.
 */
export const linkTabs: Step = {
  name: 'link-tabs',
  run({ body, names }) {
    if (!names.has('button')) return
    const rows = new Map<Parent | null, Tab[]>()
    for (const tab of tabsIn(body)) {
      const row = rows.get(tab.row)
      if (row === undefined) rows.set(tab.row, [tab])
      else row.push(tab)
    }
    for (const tabs of rows.values()) if (new Set(tabs.map(({ shows }) => shows)).size >= LEAST) linkRow(tabs)
  }
}
