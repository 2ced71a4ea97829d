import type { Block, Region } from '../content/blocks.js'
import { likelihoodOf, type Content } from '../content/content.js'
import { isWithin } from '../content/regions.js'
import { FACETS } from '../lists/narrowing.js'
import { hrefAround, type Node } from '../tree/tree.js'

/** So many links to pages below this one are a list of its parts. */
const LEAST_BELOW = 6
/** Links of menus are less likely than that. Likelihood. */
const LEAST_OF_LINK = 0.05

/** Whether a block is a link and nothing else. */
export const isLink = ({ words, linked }: Block): boolean => linked === words && words > 0

/** What an address without the number or name of a first page begins with; empty for that of a site. */
const beginningOf = ({ pathname }: URL): string => pathname.replace(/\.\w{2,5}$/, '').replace(/\/(index|\d{1,4})?$/, '')

const isFacets = ({ names }: Region): boolean => names.some(name => FACETS.has(name))

/** The element that holds a link and others alike. */
function listAround({ region }: Block): Region | undefined {
  let at: Region | undefined = region
  while (at !== undefined && at.alike === 1) at = at.parent
  return at?.parent
}

/**
 * The texts of links that lead below the address of a page, where several that may be content stand in one list: they
 * are its parts, such as the kinds of goods in a department.
 */
export function partsOf(content: Content, url: URL): ReadonlySet<Node> {
  const beginning = `${beginningOf(url)}/`
  if (beginning === '/') return new Set()
  const lists = new Map<Region, Block[]>()
  for (const block of content.survey.blocks) {
    if (!isLink(block) || likelihoodOf(block, content) < LEAST_OF_LINK) continue
    const [text] = block.texts
    const href = text === undefined ? '' : hrefAround(text)
    // Most lead elsewhere, and need not be parsed to be known.
    if (href === '' || (/^(\/|\w+:)/.test(href) && !href.includes(beginning))) continue
    if (/[?#]/.test(href) || !URL.canParse(href, url.href)) continue
    const to = new URL(href, url)
    if (to.host !== url.host || !to.pathname.startsWith(beginning)) continue
    const list = listAround(block)
    if (list === undefined || isWithin(block, isFacets)) continue
    const links = lists.get(list)
    if (links === undefined) lists.set(list, [block])
    else links.push(block)
  }
  const parts = [...lists.values()].filter(({ length }) => length >= LEAST_BELOW)
  return new Set(parts.flat().flatMap(({ texts }) => texts))
}
