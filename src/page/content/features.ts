import type { Survey } from './blocks.js'
import { HAS_DIGIT, PRICE, writeAround, writeBeside, writePlace, writeText, writeWords } from './columns.js'
import type { Lexicon } from './lexicon.js'
import { log, RowWriter, share } from './numbers.js'
import { lookOver } from './overview.js'
import type { PageFacts } from './page-facts.js'

const TYPES = [
  ...['article', 'blogposting', 'product', 'itemlist', 'question', 'discussion', 'organization', 'website'],
  ...['collectionpage', 'localbusiness', 'recipe', 'breadcrumb', 'faqpage', 'service', 'event', 'video']
]

/** What is the same for all blocks of a page. */
function pageColumns({ blocks, regions }: Survey, facts: PageFacts): Float32Array {
  const root = regions[0]!
  return Float32Array.from([
    log(root.words),
    share(root.linked, root.words),
    log(blocks.length),
    share(root.prose, root.words),
    log(blocks.filter(({ region, words }) => region.element.tagName === 'p' && words > 10).length),
    log(blocks.filter(({ words, text }) => words < 20 && HAS_DIGIT.test(text) && PRICE.test(text)).length),
    log(root.controls),
    log(root.images),
    log(regions.filter(({ element }) => element.tagName === 'article').length),
    facts.path.length,
    facts.path.join('/').length,
    ...TYPES.map(type => (facts.types.includes(type) ? 1 : 0))
  ])
}

/** Describes the blocks of a page in numbers, in their order; each row is written over the one before. */
export function describeBlocks(
  { survey, facts, lexicon }: { readonly survey: Survey; readonly facts: PageFacts; readonly lexicon: Lexicon },
  visit: (row: Float32Array, at: number) => void
): void {
  const overview = lookOver(survey, facts, lexicon)
  const page = pageColumns(survey, facts)
  const writer = new RowWriter()
  const { put } = writer
  survey.blocks.forEach((block, at) => {
    writeText(put, block)
    writeWords(put, at, overview)
    writeAround(put, block.region, overview)
    writePlace(put, at, overview)
    writeBeside(put, at, overview)
    writer.putAll(page)
    visit(writer.end(), at)
  })
}
