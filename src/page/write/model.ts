import type { ContentModel } from '../../clients/profile.js'

// The content models of the three document type definitions that profiles use (RFC 1866, HTML 3.2 Final, HTML 4.01
// Transitional), as far as the writer needs them. Names are in upper case, as they are sent.

/** These may contain text, inline elements and blocks. */
const FLOW = new Set(['BODY', 'DIV', 'CENTER', 'BLOCKQUOTE', 'FORM', 'LI', 'DD', 'TD', 'TH'])
/** These may contain text and inline elements only. */
const TEXT_BLOCKS = new Set(['P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'PRE', 'ADDRESS', 'DT', 'CAPTION'])
/** These may contain certain children only; the first one is implied around anything else. */
const STRUCTURES: ReadonlyMap<string, readonly string[]> = new Map([
  ['UL', ['LI']],
  ['OL', ['LI']],
  ['DL', ['DD', 'DT']],
  ['TABLE', ['TR', 'CAPTION']],
  ['TR', ['TD', 'TH']]
])
/** These are written in one piece. */
const ATOMS = new Set('BR HR ISINDEX IMG INPUT SELECT TEXTAREA MAP WBR EMBED BGSOUND APPLET'.split(' '))

export type Kind = 'flow' | 'text' | 'structure' | 'atom' | 'inline'

/** How the writer treats an element that the profile writes. */
export const kindOf = (name: string): Kind => KINDS.get(name) ?? 'inline'

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...[...ATOMS].map(name => [name, 'atom'] as const),
  ...[...FLOW].map(name => [name, 'flow'] as const),
  ...[...TEXT_BLOCKS].map(name => [name, 'text'] as const),
  ...[...STRUCTURES.keys()].map(name => [name, 'structure'] as const)
])

const CONTAINERS: ReadonlyMap<string, readonly string[]> = new Map(
  [...STRUCTURES.values()]
    .flat()
    .map(child => [child, [...STRUCTURES].flatMap(([name, children]) => (children.includes(child) ? [name] : []))])
)

/** The structures that an element is valid in; undefined if it is no part of one. */
export const containersOf = (name: string): readonly string[] | undefined => CONTAINERS.get(name)

/** The child that a structure implies around anything else. */
export function impliedChild(structure: string): string {
  const child = STRUCTURES.get(structure)?.[0]
  if (child === undefined) throw new Error(`${structure} implies no child`)
  return child
}

/**
 * These are in %body.content but not in %flow, so that they are invalid in LI and DD. In HTML 4.01 all blocks are valid
 * there.
 */
const NOT_IN_ITEMS: Readonly<Record<ContentModel, ReadonlySet<string>>> = {
  'html-2.0': new Set(['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'HR', 'ADDRESS']),
  'html-3.2': new Set(['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'ADDRESS']),
  'html-4.01': new Set()
}

/** The %pre.exclusion of HTML 3.2 and 4.01; HTML 2.0 does not list IMG in %pre.content either. */
const NOT_IN_PRE = new Set(['IMG', 'BIG', 'SMALL', 'SUB', 'SUP', 'FONT'])

export const allowedInPre = (name: string): boolean => !NOT_IN_PRE.has(name)

/** Whether a block is valid directly in a container for blocks or a structure. */
export function accepts(model: ContentModel, container: string, block: string): boolean {
  const children = STRUCTURES.get(container)
  if (children !== undefined) return children.includes(block)
  if (CONTAINERS.has(block) || TEXT_BLOCKS.has(container)) return false
  return !((container === 'LI' || container === 'DD') && NOT_IN_ITEMS[model].has(block))
}

/** These end tags are optional in all three document types, and most browsers do without them. */
const OPTIONAL_END = new Set(['P', 'LI', 'DT', 'DD', 'TR', 'TD', 'TH'])

/** Whether the end tag must be written: `endTags` are those that a browser needs all the same. */
export const needsEndTag = (name: string, endTags: readonly string[]): boolean =>
  !OPTIONAL_END.has(name) || endTags.includes(name)
