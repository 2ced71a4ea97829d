import type { Block, Region } from '../../content/blocks.js'
import { arePictures } from '../../kinds/shown/lead-picture.js'
import { isInside, type Element, type Text } from '../../tree/tree.js'
import type { Range } from './copies.js'
import { leadsAway } from './enlarged.js'

/** So many pictures in a row show what a page is about; more are its other colours, or the signs of customers. Pictures. */
const MOST_IN_ROW = 6

/** The largest region that holds a block and nothing else. */
function regionOf({ region }: Block): Region | undefined {
  if (region.end - region.first !== 1) return undefined
  let at = region
  while (at.parent !== undefined && at.parent.end - at.parent.first === 1) at = at.parent
  return at
}

/** Whether a block shows pictures that lead to no other page. */
const isShowing = (block: Block): boolean => arePictures(block) && !block.pictures.some(leadsAway)

/** What of a row of pictures can wait: all behind the first few. */
export function galleryRests(blocks: readonly Block[], { from, to, body }: Range): Region[] {
  const isShown = ({ texts, pictures }: Block): boolean => {
    const part: Element | Text | undefined = texts[0] ?? pictures[0]
    return part !== undefined && isInside(part, body)
  }
  const rests: Region[] = []
  let inRow = 0
  for (const block of blocks.slice(from, to).filter(isShown)) {
    inRow = isShowing(block) ? inRow + block.pictures.length : 0
    const region = inRow > MOST_IN_ROW ? regionOf(block) : undefined
    if (region !== undefined) rests.push(region)
  }
  return rests
}
