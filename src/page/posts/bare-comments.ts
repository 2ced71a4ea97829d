import type { Block, Region, Survey } from '../content/blocks.js'
import { blocksIn } from '../content/regions.js'
import { inOneLine, setOf } from '../content/words.js'
import type { Node } from '../tree/tree.js'
import { momentOf, signedText, speakerOf, type WhoWhen } from './names-and-moments.js'
import type { Post, Posts } from './post.js'

/** What weblogs call a comment, in the languages of those who made their looks. */
const COMMENT = setOf(
  'comment kommentar commentaire comentario comentário commento reactie komentarz komentář kommentti yorum comentariu'
)
/** With one of these words, the element is around comments, or beside them. */
const OTHERS = setOf(
  'list area section container wrapper wrap form count counter link links respond reply thread header'
)
const HOLDERS = new Set(['li', 'div', 'article', 'section', 'dd'])
/** Who has written a comment and when stands in so many blocks above it. */
const HEAD_BLOCKS = 3
/** Of the elements that are called so, at least so many are comments. Share. */
const LEAST_SIGNED = 0.6

const isCalledComment = ({ element, names, words }: Region): boolean =>
  words > 0 &&
  HOLDERS.has(element.tagName) &&
  names.some(name => COMMENT.has(name)) &&
  !names.some(name => OTHERS.has(name))

/** What the head of a comment says, and how many blocks it has. */
interface Head extends WhoWhen {
  readonly blocks: number
}

/** The head of a comment: "Anna says:" or "Anna, 3 May 2009", and perhaps a moment below it. */
function headOf(blocks: readonly Block[]): Head | undefined {
  const texts = blocks.slice(0, HEAD_BLOCKS).map(({ text }) => inOneLine(text))
  for (const [at, text] of texts.entries()) {
    const signed = signedText(text)
    if (signed !== undefined) return { ...signed, blocks: at + 1 }
    const who = speakerOf(text)
    if (who === '') continue
    const when = momentOf(texts[at + 1] ?? '')
    return { who, when, blocks: at + (when === '' ? 1 : 2) }
  }
  return undefined
}

const nodesOf = (blocks: readonly Block[]): Node[] => blocks.flatMap(({ texts, pictures }) => [...texts, ...pictures])

function postOf(survey: Survey, region: Region): Post | undefined {
  const said = blocksIn(survey, region).filter(({ words }) => words > 0)
  const head = headOf(said)
  if (head === undefined) return undefined
  const text = said.slice(head.blocks).filter(({ words, linked }) => linked < words)
  if (text.length === 0) return undefined
  const written = new Set(text)
  const beside = new Set(nodesOf(said.filter(block => !written.has(block))))
  return { region, body: region, beside, who: head.who, when: head.when }
}

/** The outermost of regions; what was answered to a comment may stand in it. */
function outermost(regions: readonly Region[]): Region[] {
  let end = 0
  return regions.filter(region => {
    if (region.first < end) return false
    end = region.end
    return true
  })
}

/** Comments whose text has no element of its own: who has written each stands in a line above it, within it. */
export function findBareComments(survey: Survey): Posts | undefined {
  const called = outermost(survey.regions.filter(isCalledComment))
  const posts = called.map(region => postOf(survey, region)).filter(post => post !== undefined)
  return posts.length === 0 || posts.length < LEAST_SIGNED * called.length ? undefined : { name: 'comment', posts }
}
