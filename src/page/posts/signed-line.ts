import type { Block, Survey } from '../content/blocks.js'
import { inOneLine } from '../content/words.js'
import type { PageLines } from '../lines/page-lines.js'

/** Such a line stands so near above the text. Blocks. */
const MOST_ABOVE = 10
/** A longer one says something else too: the text begins with it. Words. */
const MOST_WORDS = 16

const isText = ({ heading, words, linked }: Block): boolean => heading === 0 && words > MOST_WORDS && 2 * linked < words

/** The line right above the text that says who has written it and when: "Posted by Anna on 3 May at 10:30". */
export function signedLineIn({ blocks }: Survey, shown: ReadonlySet<Block>, lines: PageLines): Block | undefined {
  const first = blocks.findIndex(block => shown.has(block) && isText(block))
  return blocks
    .slice(Math.max(0, first - MOST_ABOVE), Math.max(0, first))
    .find(
      ({ heading, words, hidden, text }) =>
        heading === 0 && words > 1 && words <= MOST_WORDS && !hidden && lines.says('signed', inOneLine(text))
    )
}
