import type { Block } from '../../content/blocks.js'
import { wordsIn } from '../../content/content.js'

/** The head of a mail, as archives of mailing lists show it: each field in a line, by the names of RFC 5322, 3.6. */
const FIELD =
  /^\s*(from|date|sent|to|cc|reply-to|subject|message-id|in-reply-to|references|list-id|organi[sz]ation|user-agent|x-[a-z-]{1,20})\s?:\s?\S/i
/** Who has written a mail and when is told to its reader. */
const TOLD = /^\s*(from|date|sent)\s?:/i
/** Only mails have these; a journey is from one place to another as well, on a date. */
const OF_MAIL = /^\s*(subject|(message|list)-id|(in-)?reply-to|references|x-[a-z-]{1,20})\s?:/i
/** Fewer lines are no head. Fields. */
const LEAST_FIELDS = 3
/** A longer block is no field. Words. */
const MOST_WORDS = 40
/** Where more is shown before the head, the page is no mail but speaks of one. Words. */
const MOST_BEFORE = 40
/** What archives put below a mail: the mails before and after it, in their order and in their thread. */
const BELOW =
  /^\s*((prev(ious)?|next) (by|in) (date|thread|subject)|(previous|next) message|follow-ups?|messages sorted by|index\(es\))\s?:/i

const isField = ({ text, words }: Block): boolean => words > 0 && words <= MOST_WORDS && FIELD.test(text)

/** The end of the fields that follow each other from a block on. */
function endOfFields(blocks: readonly Block[], first: number): number {
  let end = first
  while (end < blocks.length && isField(blocks[end]!)) end++
  return end
}

/**
 * What is shown of a page without the head of the mail that it is, besides who has written that and when, and without
 * what stands below it.
 */
export function withoutMailHead(blocks: readonly Block[], shown: ReadonlySet<Block>): ReadonlySet<Block> {
  const said = blocks.filter(({ words }) => words > 0)
  const first = said.findIndex(isField)
  const end = first === -1 ? first : endOfFields(said, first)
  const head = said.slice(first, end)
  if (head.length < LEAST_FIELDS || !head.some(({ text }) => OF_MAIL.test(text))) return shown
  if (wordsIn(said.slice(0, first).filter(block => shown.has(block))) > MOST_BEFORE) return shown
  const below = said.findIndex(({ text }, at) => at > end && BELOW.test(text))
  const left = new Set(shown)
  for (const block of head) if (!TOLD.test(block.text)) left.delete(block)
  if (below !== -1) for (const block of said.slice(below)) left.delete(block)
  return left
}
