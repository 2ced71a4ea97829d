import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { OWN_RULES } from '../../../src/clients/rules.js'
import { surveyBlocks, type Survey } from '../../../src/page/content/blocks.js'
import { chooseBlocks } from '../../../src/page/content/choose-blocks.js'
import type { ContentModelData } from '../../../src/page/content/content-model.js'
import { contentOf, doubted } from '../../../src/page/content/content.js'
import { describeBlocks } from '../../../src/page/content/features.js'
import { createForest } from '../../../src/page/content/forest.js'
import { readAsEnglish } from '../../../src/page/content/languages.js'
import { cueScores, cueScoresIn, cuesOf, scoreCues } from '../../../src/page/content/lexicon.js'
import { neighboursOf } from '../../../src/page/content/neighbours.js'
import { RowList } from '../../../src/page/content/numbers.js'
import { pageFactsOf } from '../../../src/page/content/page-facts.js'
import { countWords, letterSum, lettersOf, spacedLength, wordsOf } from '../../../src/page/content/words.js'
import { parse } from '../../../src/page/tree/parse.js'
import { bodyOf, createElement } from '../../../src/page/tree/tree.js'
import { contentModel } from '../../helpers/context.js'
import { knownContent, textsOf } from '../../helpers/known-content.js'

const URL_OF_PAGE = new URL('http://coast.test/news/lamp')
const KEEPER =
  'The keeper of the lighthouse counted the ships, wrote their names into his book, and lit the lamp at dusk, as he had done for thirty years.'

const bodyIn = (markup: string) => bodyOf(parse(markup, 100_000).document) ?? createElement('body')
const surveyOf = (markup: string): Survey =>
  surveyBlocks(bodyIn(markup), ({ attrs }) => attrs.some(a => a.name === 'hidden'))

const NOTHING = { name: () => 0, cues: cueScores(() => 0), headings: cueScores(() => 0), readIn: readAsEnglish }

t.test('words', async t => {
  t.equal(countWords('a b, c-d  e_f 7'), 6)
  t.equal(countWords('灯台守は船を数えた'), 5, 'two letters that stand for syllables are a word')
  t.equal(spacedLength('a lamp'), 6)
  t.equal(spacedLength('灯台守は船を数えた。'), 28, 'and three characters each are what it takes with spaces')
  t.same(wordsOf('Zur Küste: 3 km'), ['zur', 'küste', '3', 'km'])
  t.equal(lettersOf('The Lamp – at dusk!'), 'thelampatdusk')
  t.equal(letterSum('The Lamp – at dusk!'), letterSum('the lamp at  DUSK'), 'letters alone count')
  t.equal(letterSum('Über 3'), letterSum('über – 3'))
  const texts = ['', 'a', 'b', 'ab', 'ba', 'Aa1', 'BB1', 'Tides', 'Tide s 2', 'ü', '灯台']
  t.equal(new Set(texts.map(letterSum)).size, texts.length, 'other letters, or others in order, have another sum')
})

t.test('what says the same in other quotes, dashes and spaces has the same letters', async t => {
  t.equal(letterSum('\u201cIt\u2019s late\u201d \u2013 she said'), letterSum('"It\'s late" - SHE SAID'))
  t.equal(letterSum('caf\u00e9 \u2013 bar'), letterSum('Caf\u00e9, bar'))
  t.not(letterSum('caf\u00e9'), letterSum('caf'))
  t.equal(lettersOf('\u201cOne\u00a0two\u201d\u2026'), 'onetwo')
  t.strictSame(wordsOf('one\u2014two \u2018three\u2019'), ['one', 'two', 'three'])
})

t.test('rows that are kept', async t => {
  const rows = new RowList()
  for (let at = 0; at < 200; at++) rows.add(Float32Array.of(at, -at, 0.5))
  t.strictSame([...rows.row(0)], [0, -0, 0.5])
  t.strictSame([...rows.row(63)], [63, -63, 0.5], 'the last of the first piece')
  t.strictSame([...rows.row(64)], [64, -64, 0.5])
  t.strictSame([...rows.row(199)], [199, -199, 0.5])
})

t.test('cues', async t => {
  t.same(cuesOf(wordsOf('Page 12')), ['page', '00', 'page 00', '=page 00'])
  const known = new Map(
    Object.entries({ page: 1, '00': -0.5, 'page 00': 2, 'next page': -4, '=page 00': 0.25, '=': 3 })
  )
  for (const text of ['Page 12', 'Next page', 'Page 12, page 13 of the next page', 'Page', '', 'Tides and ships'])
    for (const scores of [cueScores(cue => known.get(cue) ?? 0), cueScoresIn(known)]) {
      const each = cuesOf(wordsOf(text)).map(cue => known.get(cue) ?? 0)
      const sum = each.reduce((all, score) => all + score, 0)
      t.same(scoreCues(wordsOf(text), scores), { sum, least: Math.min(0, ...each), most: Math.max(0, ...each) }, text)
    }
})

t.test('blocks', async t => {
  const { blocks, regions } = surveyOf(
    '<h2>Ships</h2><p>One <b>two</b> <a href=/3>three</a><br>four<br><br>five</p><ul class="siteNav"><li>a</li><li>b</li></ul><img src=x><div hidden>gone</div>'
  )
  t.same(
    blocks.map(({ text, words, linked, links, emphasised, heading, hidden, pictures }) => [
      text.trim(),
      ...[words, linked, links, emphasised, heading, hidden, pictures.length]
    ]),
    [
      ['Ships', 1, 0, 0, 0, 2, false, 0],
      ['One two three\nfour', 4, 1, 1, 1, 0, false, 0],
      ['five', 1, 0, 0, 0, 0, false, 0],
      ['a', 1, 0, 0, 0, 0, false, 0],
      ['b', 1, 0, 0, 0, 0, false, 0],
      ['', 0, 0, 0, 0, 0, false, 1],
      ['gone', 1, 0, 0, 0, 0, true, 0]
    ]
  )
  const list = regions.find(({ element }) => element.tagName === 'ul')
  t.same([list?.names, list?.first, list?.end, list?.words], [['site', 'nav'], 3, 5, 2])
  t.equal(regions.find(({ element }) => element.tagName === 'li')?.alike, 2)
  t.equal(
    regions[0]?.words,
    blocks.reduce((sum, { words }) => sum + words, 0),
    'the body has all of them'
  )
})

t.test('the blocks that are chosen', async t => {
  const survey = surveyOf(`<p>${KEEPER}</p><p>${KEEPER}</p><p>Imprint</p>`)
  const chosen = (...found: number[]): number => chooseBlocks(survey, Float32Array.from(found)).size
  t.equal(chosen(0.9, 0.9, 0.1), 2)
  t.equal(chosen(0.9, 0.4, 0.1), 2, 'what is missed weighs as much as what is too much')
  t.equal(chosen(0.1, 0.1, 0.1), 0, 'nothing is likely')
})

t.test('a forest asks the columns of a row in order', async t => {
  const forest = createForest({
    bias: 0,
    roots: [0, 3],
    columns: [1, -1, -1, -1],
    values: [0.5, -1, 2, 1],
    others: [2, 0, 0, 0]
  })
  const likely = (score: number): number => 1 / (1 + Math.exp(-score))
  t.equal(forest(Float32Array.of(9, 0.5)), likely(0))
  t.equal(forest(Float32Array.of(9, 0.6)), likely(3))
})

t.test('what was learnt fits the features, and holds no words of single sites', async t => {
  const data = JSON.parse(readFileSync(join(OWN_RULES, 'content', 'model.json'), 'utf8')) as ContentModelData
  const survey = surveyOf(`<h1>The lamp</h1><p>${KEEPER}</p>`)
  const around = neighboursOf(survey, new Float32Array(2))
  const widths: number[][] = []
  describeBlocks({ survey, facts: pageFactsOf('The lamp', [], URL_OF_PAGE), lexicon: NOTHING }, (row, at) => {
    widths.push([row.length, around(row, at).length])
  })
  const [[alone, all] = []] = widths
  t.same(widths, [widths[0], widths[0]], 'two rows with the same columns')
  const columns = (forest: ContentModelData['first']): number => Math.max(...forest.columns)
  t.ok(columns(data.first) < alone! && columns(data.second) < all!)
  t.ok(columns(data.second) >= alone!, 'the second looks at what the first has found')
  t.same(
    [...Object.keys(data.names), ...Object.keys(data.cues)].filter(word => /\.(com|org|net|de)\b/.test(word)),
    []
  )
})

t.test('what a page is about', async t => {
  const body = bodyIn(
    `<nav><a href=/a>Ships</a> <a href=/b>Tides</a></nav><main><h1>The lamp</h1>${`<p>${KEEPER}</p>`.repeat(4)}</main><footer><p>Imprint</p></footer>`
  )
  const { chosen, likelihoods } = contentOf(
    { title: 'The lamp - Coast', data: [], body, suspects: [] },
    { url: URL_OF_PAGE, contentModel }
  )
  t.same([...chosen].filter(({ text }) => text === KEEPER).length, 4)
  t.same(
    [...chosen].filter(({ text }) => /Ships|Tides|Imprint/.test(text)),
    []
  )
  t.ok([...likelihoods.values()].every(value => value >= 0 && value <= 1))
  const nothing = contentOf(
    { title: '', data: [], body: createElement('body'), suspects: [] },
    { url: URL_OF_PAGE, contentModel }
  )
  t.equal(nothing.chosen.size, 0)
})

t.test('content that is doubted', async t => {
  const { content } = knownContent('<p>One ship<p>Two ships<p>Three', { One: 0.9, Two: 0.5, Three: 0.3 })
  t.same(textsOf(doubted(content, 1).chosen), ['One ship', 'Two ships'])
  t.same(textsOf(doubted(content, 9).chosen), ['One ship'], 'each block is less likely')
})
