import { inOneLine } from '../../content/words.js'
import { attribute, closest, isElement, isText, lineStart, type Element, type Node } from '../../tree/tree.js'
import type { FormIndex } from '../form-index.js'

/** What stands before the name of who has made something, in a line that is no longer; so far around. Characters, elements. */
const LEADS_TO_NAME =
  /^\W{0,4}((written|posted|published|created|edited|reviewed|checked|tested|updated|translated|story|words|photos?|(fact|medically)[- ]\w+) )?(by|von|par|por|di|door|av)\b/i
const LINE = 300
const LINE_WITHIN = 4
/** And right before the first of such names, and before others. */
const NAME_FOLLOWS = /(\b(by|von|par|por|di|door|av|and|und|et|y|e|en|och|og)|[,&])\s*:?$/i
/** A name begins so, and has no more words. */
const NAME = /^\p{Lu}/u
const NAME_WORDS = 6

/** Whether a button stands in a line that says who has made something, and has a name: it would tell more of them. */
function isByline(button: Element, text: string, index: FormIndex): boolean {
  if (!NAME.test(text) || text.split(' ').length > NAME_WORDS) return false
  if (closest(button, 'nav', 'footer') !== undefined) return false
  let around = button.parentNode
  for (let level = 0; level < LINE_WITHIN && around !== null && isElement(around); level++) {
    const line = index.line(around)
    if (line === undefined || line.length > LINE) return false
    if (LEADS_TO_NAME.test(line)) return NAME_FOLLOWS.test(line.slice(0, Math.max(0, line.indexOf(text))).trim())
    around = around.parentNode
  }
  return false
}

/** A shorter tip says what a button does; so much of it is read. Words, characters. */
const LEAST_TIP = 8
const TIP_READ = 1000

/** Whether a button is a word that a tip explains, in more words. */
function isExplained(button: Element, text: string, index: FormIndex): boolean {
  const [id = ''] = (attribute(button, 'aria-describedby') ?? '').trim().split(/\s+/)
  const tip = index.element(id)
  if (tip === undefined || attribute(tip, 'role') !== 'tooltip') return false
  const told = inOneLine(lineStart(tip, TIP_READ) ?? '')
  return (
    told.length > text.length &&
    told.split(' ').length >= LEAST_TIP &&
    closest(button, 'nav', 'header', 'footer') === undefined
  )
}

/** No sentence has more parts: buttons in a longer row are those of a list. Nodes. */
const MOST_IN_SENTENCE = 40
/** What a sentence has before a word of its own, and what it goes on or ends with. */
const SENTENCE_BEFORE = /\p{L}{2} ?$/u
const SENTENCE_BEHIND = /^ ?([.,;]|\p{Ll}{2})/u

const lineOf = (node: Node | undefined): string =>
  node !== undefined && isText(node) ? node.value.replace(/\s+/g, ' ') : ''

/** Whether a button stands between two pieces of one sentence, which has a hole without its words. */
export function isInSentence(button: Element): boolean {
  const { parentNode } = button
  if (parentNode === null || parentNode.childNodes.length > MOST_IN_SENTENCE) return false
  const nodes = parentNode.childNodes
  const at = nodes.indexOf(button)
  return SENTENCE_BEFORE.test(lineOf(nodes[at - 1])) && SENTENCE_BEHIND.test(lineOf(nodes[at + 1]))
}

/** Whether a button has words of the text in which it stands: who has written it, a term that a tip explains, others. */
export const isNameInText = (button: Element, text: string, index: FormIndex): boolean =>
  isByline(button, text, index) || isExplained(button, text, index) || isInSentence(button)
