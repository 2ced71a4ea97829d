import t from 'tap'
import { withoutCredits } from '../../../../../src/page/kinds/shown/credits.js'
import { knownContent } from '../../../../helpers/known-content.js'

/** What is left of a page all of which would be shown. */
function said(markup: string): string[] {
  const { content } = knownContent(`<main>${markup}</main>`, { '': 0.9 })
  const { blocks } = content.survey
  const left = withoutCredits(content.survey, new Set(blocks))
  return blocks.filter(block => left.has(block) && block.words > 0).map(({ text }) => text.trim())
}

const figure = (caption: string): string[] =>
  said(`<figure><img src=a.jpg><figcaption>${caption}</figcaption></figure>`)

t.test('a caption stays, unless it only says whose the picture is', async t => {
  t.same(figure('The lamp at dusk. Photo: Ann'), ['The lamp at dusk. Photo: Ann'])
  for (const credit of [
    'Photo: Ann',
    'Image credit: Ann/Coast',
    '© Ann',
    '(Credit: Ann)',
    'Photo by Ann',
    'Courtesy of Ann'
  ])
    t.same(figure(credit), [], credit)
  for (const credit of ['Foto: Anna', 'Bildquelle: Anna', 'Crédit photo : Anne', 'Фото: Анна', '写真：アンナ'])
    t.same(figure(credit), [], credit)
  t.same(figure('Photo by Ann of the lamp that she has mended with her own hands'), [
    'Photo by Ann of the lamp that she has mended with her own hands'
  ])
  t.same(figure('Photographs of lamps'), ['Photographs of lamps'])
  t.same(said('<div class=wp-caption><img src=a.jpg><p class=wp-caption-text>Foto: Anna</p></div>'), [], 'of old')
  t.same(said('<p>Source: the book of ships'), ['Source: the book of ships'], 'without a picture')
})
