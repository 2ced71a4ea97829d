import type { Block, Region } from '../../content/blocks.js'
import { likelyWordsIn, wordsIn, type Content } from '../../content/content.js'

/** A question stands alone in a line: fewer words ask nothing, more are a text that ends with one. Words. */
const LEAST_WORDS = 3
const MOST_WORDS = 30
const QUESTION = /[?？؟]\s*$/
/** So many that look alike are a list of questions with their answers. Questions. */
const LEAST_QUESTIONS = 3
/** Of the blocks of such a list so many are questions: others only begin the parts of a long text. Share. */
const LEAST_SHARE = 0.2
/** With its answers such a list has so many times the words of its questions: others are boxes to choose from. */
const LEAST_ANSWERED = 2
/** A list with more of its words in links leads to the questions of other pages. Share. */
const MOST_LINKED = 0.3
/** What is less likely is left out: sites have questions of their own as well. Mean likelihood. */
const LEAST_LIKELY = 0.3
/** The heading of a list of questions stands so many blocks above the first at most. */
const MOST_ABOVE = 3

const isQuestion = ({ text, words, linked }: Block): boolean =>
  words >= LEAST_WORDS && words <= MOST_WORDS && linked === 0 && QUESTION.test(text)

/** The places of the questions on a page, by how they look. */
function questionsOf(blocks: readonly Block[]): readonly number[][] {
  const alike = new Map<number, number[]>()
  blocks.forEach((block, at) => {
    if (!isQuestion(block)) return
    const others = alike.get(block.region.shape)
    if (others === undefined) alike.set(block.region.shape, [at])
    else others.push(at)
  })
  return [...alike.values()].filter(({ length }) => length >= LEAST_QUESTIONS)
}

/** Whether a heading is above those of another level; 0: these are no headings. */
const isAbove = ({ heading }: Block, level: number): boolean => heading > 0 && (level === 0 || heading < level)

/** The place of the heading of a list of questions, or of the first of them. */
function beginOf(blocks: readonly Block[], first: number): number {
  for (let at = first - 1; at >= Math.max(0, first - MOST_ABOVE); at--)
    if (blocks[at]!.words > 0) return isAbove(blocks[at]!, blocks[first]!.heading) ? at : first
  return first
}

/** Where the answer to the last question ends: it is no longer than the others, and stands in what is around them all. */
function endOf(blocks: readonly Block[], questions: readonly number[]): number {
  const [first, last] = [questions[0]!, questions.at(-1)!]
  let around: Region | undefined = blocks[first]!.region
  while (around !== undefined && around.end <= last) around = around.parent
  const longest = questions.reduce((most, at, place) => Math.max(most, at - (questions[place - 1] ?? at)), 0)
  const end = Math.min(around?.end ?? 0, last + longest)
  const { heading: level } = blocks[first]!
  for (let at = last + 1; at < end; at++) {
    const { heading } = blocks[at]!
    if (heading > 0 && (level === 0 || heading <= level)) return at
  }
  return end
}

/**
 * The questions of a page with their answers and the heading above them: sites close the answers until one presses the
 * question, and a list of which only some is shown says less than none.
 */
function questionsIn(content: Content): readonly Block[] {
  const { blocks } = content.survey
  return questionsOf(blocks).flatMap(questions => {
    const part = blocks.slice(beginOf(blocks, questions[0]!), endOf(blocks, questions)).filter(({ words }) => words > 0)
    const words = wordsIn(part)
    const linked = part.reduce((sum, block) => sum + block.linked, 0)
    const asked = wordsIn(questions.map(at => blocks[at]!))
    const isList = questions.length >= LEAST_SHARE * part.length && linked < MOST_LINKED * words
    return isList && words >= LEAST_ANSWERED * asked && likelyWordsIn(part, content) >= LEAST_LIKELY * words ? part : []
  })
}

/** What is shown, with all answers to the questions of the page: what stands among them as beside any text goes later. */
export const withQuestions = (content: Content, shown: ReadonlySet<Block>): Set<Block> =>
  new Set([...shown, ...questionsIn(content)])
