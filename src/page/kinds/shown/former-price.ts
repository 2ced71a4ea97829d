import type { Block } from '../../content/blocks.js'
import { attribute, closest, isElement, type Text } from '../../tree/tree.js'

/** Names of prices that are not to be paid any more. */
const FORMER = /^(old|was|former|regular|compare|rrp|msrp|strike|crossed|crossout|list)$/
const STRUCK = ['del', 's', 'strike'] as const

/** The names of where a block stands, and of what is around that. */
export const namesAround = ({ region }: Block): readonly string[] => [...region.names, ...(region.parent?.names ?? [])]

/** Whether a text is struck out by its element, or by a class that is called like the property of CSS for that. */
function isStruck(text: Text): boolean {
  const { parentNode } = text
  if (parentNode !== null && isElement(parentNode) && /\bline-through\b/.test(attribute(parentNode, 'class') ?? ''))
    return true
  return closest(text, ...STRUCK) !== undefined
}

/** What a block says, without what is struck out. */
export const withoutStruck = ({ texts }: Block): string =>
  texts
    .filter(text => !isStruck(text))
    .map(({ value }) => value)
    .join(' ')

/** Whether a block is the price of something before it became cheaper: it is called so, or struck out. */
export const isFormer = (block: Block): boolean =>
  namesAround(block).some(name => FORMER.test(name)) || !/\d/.test(withoutStruck(block))
