import { ColourBlocks } from './colour-blocks.js'
import { entriesOf, type Palette } from './palette.js'

/**
 * Finds the nearest colour of a palette, exactly: only those are compared that the list of the colour's block has. Of
 * colours that are equally near, it is the one nearer to the middle of that block.
 */
export class Nearest {
  readonly #blocks: ColourBlocks

  constructor(palette: Palette) {
    this.#blocks = new ColourBlocks(entriesOf(palette), 'many')
  }

  /**
   * The entry (entriesOf()) of the nearest colour; the one that is asked for is red, green and blue in eight bits each. The
   * least distance is found without a branch, which the processor could not foresee: each is the front of a number that
   * ends in the place in the list.
   */
  find(colour: number): number {
    const red = colour >> 16
    const green = (colour >> 8) & 255
    const blue = colour & 255
    const blocks = this.#blocks
    const { small } = blocks
    const start = small.starts[((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)] ?? 0
    const first = (start === 0 ? blocks.listFor(colour, small) : start) + 1
    const { entries } = blocks
    const end = first + (entries[first - 1] ?? 0)
    let best = 0x7fffffff
    for (let at = first; at < end; at++) {
      const entry = entries[at] ?? 0
      const dr = ((entry >> 16) & 255) - red
      const dg = ((entry >> 8) & 255) - green
      const db = (entry & 255) - blue
      const less = (((dr * dr + dg * dg + db * db) << 8) | (at - first)) - best
      best += less & (less >> 31)
    }
    return entries[first + (best & 255)] ?? 0
  }
}
