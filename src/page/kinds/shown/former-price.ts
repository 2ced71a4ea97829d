import type { Block } from '../../content/blocks.js'
import { closest } from '../../tree/tree.js'

/** Names of prices that are not to be paid any more. */
const FORMER = /^(old|was|former|regular|compare|rrp|msrp|strike|crossed|crossout|list)$/
const STRUCK = ['del', 's', 'strike'] as const

/** The names of where a block stands, and of what is around that. */
export const namesAround = ({ region }: Block): readonly string[] => [...region.names, ...(region.parent?.names ?? [])]

/** What a block says, without what is struck out. */
export const withoutStruck = ({ texts }: Block): string =>
  texts
    .filter(text => closest(text, ...STRUCK) === undefined)
    .map(({ value }) => value)
    .join(' ')

/** Whether a block is the price of something before it became cheaper: it is called so, or struck out. */
export const isFormer = (block: Block): boolean =>
  namesAround(block).some(name => FORMER.test(name)) || !/\d/.test(withoutStruck(block))
