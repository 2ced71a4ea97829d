import t from 'tap'
import { moveHeads, panelsOf, withHeads } from '../../../../../src/page/kinds/shown/panels.js'
import { serialize } from 'parse5'
import { knownContent, textsOf } from '../../../../helpers/known-content.js'

t.test('what is opened stands below its head', t => {
  const shown = (markup: string, known: Record<string, number>): string => {
    const { content, body } = knownContent(markup, known)
    const panels = panelsOf(content)
    const blocks = withHeads(content.survey, panels, content.chosen)
    moveHeads(panels, blocks)
    return `${textsOf(blocks).join(', ')}; ${serialize(body)}`
  }
  const tabs =
    '<ul><li><a role="tab" href="#a">Care</a></li><li><a role="tab" href="#b">Reviews</a></li></ul><div id="a"><p>Oil it</p></div><div id="b"><p>Bad</p></div>'
  t.equal(
    shown(tabs, { Care: 0.1, Reviews: 0.6, Oil: 0.9 }),
    'Care, Oil it; <ul><li><a role="tab" href="#a"></a></li><li><a role="tab" href="#b">Reviews</a></li></ul><div id="a"><h3>Care</h3><p>Oil it</p></div><div id="b"><p>Bad</p></div>',
    'a tab above its own panel; none without it'
  )
  t.match(shown(tabs, { Care: 0, Oil: 0.9 }), /^Oil it;/, 'a menu is none')
  t.match(
    shown(
      '<div><p role="tab" aria-controls="a">Care</p></div><div id="a"><h2 role="tab" aria-controls="a">Care</h2><p>Oil it</p></div>',
      { Care: 0.1, Oil: 0.9 }
    ),
    /<\/p><\/div><div id="a"><h2/,
    'a panel that says it itself has it once'
  )
  const copies =
    '<p role="tab" aria-controls="a">Care</p><i></i><p>Other</p><p role="tab" aria-controls="a">Care</p><div id="a">Oil it</div>'
  t.match(shown(copies, { Care: 0.6, Oil: 0.9, Other: 0.9 }), /^Care, Oil it, Other;/, 'of two heads one is shown')
  t.equal(
    shown('<div><button aria-expanded="false">Care</button><div><p>Oil it</p></div></div>', { Care: 0.1, Oil: 0.9 }),
    'Care, Oil it; <div><h3>Care</h3><button aria-expanded="false"></button><div><p>Oil it</p></div></div>',
    'what stands behind a head is its panel'
  )
  t.match(
    shown(
      '<ul id="a"><li>Menu</ul><div><h3><a aria-controls="a">Care</a></h3><div id="a">Oil it</div></div><p>Other</p>',
      { Care: 0.1, Oil: 0.9, Other: 0.9 }
    ),
    /^Care, Oil it, Other; <ul id="a"><li>Menu<\/li><\/ul><div><h3><a/,
    'of two elements with the same ID, a head opens the one behind it'
  )
  t.match(
    shown('<h3><button aria-expanded="false">Care?</button></h3><p>Oil it</p>', { Care: 0.9 }),
    /^;/,
    'no question without its answer'
  )
  t.match(shown('<button aria-expanded="false">Slide 2</button><p>Oil</p>', { Slide: 0.1, Oil: 0.9 }), /^Oil;/)
  t.end()
})
