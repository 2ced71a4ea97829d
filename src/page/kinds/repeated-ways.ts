import type { Block, Survey } from '../content/blocks.js'
import { inOneLine } from '../content/words.js'
import { attribute, closest } from '../tree/tree.js'

/** A longer text says where it leads. Words. */
const MOST_WORDS = 4
/** So often each entry of a list has it: "Read full article". Blocks. */
const LEAST_REPEATED = 3
/** The link of the entry itself stands so near before it, or behind it. Blocks. */
const NEAR = 8

/** Where the links of a block lead. */
const addressesOf = ({ texts, pictures, links }: Block): readonly string[] =>
  links === 0
    ? []
    : [...texts, ...pictures].flatMap(node => {
        const link = closest(node, 'a')
        const address = link === undefined ? undefined : attribute(link, 'href')
        return address === undefined ? [] : [address]
      })

const mayRepeat = ({ words, linked, heading, pictures }: Block): boolean =>
  heading === 0 && words > 0 && words <= MOST_WORDS && linked === words && pictures.length === 0

/**
 * What is shown without the links of entries that all entries have, and that lead where the entry itself leads: "Read
 * more", once below each title.
 */
export function withoutRepeatedWays({ blocks }: Survey, shown: Set<Block>): Set<Block> {
  const said = new Map<string, number[]>()
  blocks.forEach((block, at) => {
    if (!shown.has(block) || !mayRepeat(block)) return
    const key = inOneLine(block.text)
    const others = said.get(key)
    if (others === undefined) said.set(key, [at])
    else others.push(at)
  })
  const often = [...said.values()].filter(({ length }) => length >= LEAST_REPEATED)
  const repeated = new Set(often.flat())
  if (repeated.size === 0) return shown
  const left = new Set(shown)
  const leadsThere = (at: number, address: string): boolean => {
    const from = Math.max(0, at - NEAR)
    return blocks
      .slice(from, at + NEAR + 1)
      .some(
        (other, place) =>
          shown.has(other) && !repeated.has(from + place) && other.words > 0 && addressesOf(other).includes(address)
      )
  }
  const isNeedless = (at: number): boolean => {
    const [address] = addressesOf(blocks[at]!)
    return address !== undefined && leadsThere(at, address)
  }
  // What only some of them do may be said for another reason: the shops where one can buy a thing.
  const needless = often.filter(places => places.every(isNeedless))
  const going = new Set(needless.flat())
  // Beside others that stay, it is one of several ways, of which none can be missed.
  const isOneOfSeveral = (at: number): boolean =>
    [at - 1, at + 1].some(other => repeated.has(other) && !going.has(other))
  for (const places of needless) if (!places.some(isOneOfSeveral)) for (const at of places) left.delete(blocks[at]!)
  return left
}
