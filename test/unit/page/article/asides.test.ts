import t from 'tap'
import { dropAsides } from '../../../../src/page/article/asides.js'
import { parse } from '../../../../src/page/tree/parse.js'
import { bodyOf, plainText } from '../../../../src/page/tree/tree.js'
import { pageLines } from '../../../helpers/context.js'

const left = (markup: string): string => plainText(dropAsides(bodyOf(parse(markup, 1000).document)!, pageLines))

t.test('labels of links to other articles go with them', async t => {
  for (const label of ['Read more:', 'Leggi anche', 'Διαβάστε επίσης:', 'Mehr zum Thema'])
    t.equal(left(`<p>Lamp</p><p>${label} <a href=/1>A wick for each lamp</a></p>`), 'Lamp', label)
  t.equal(left('<p>Lamp</p><div><span>Leggi anche</span><a href=/1>Uno stoppino</a></div>'), 'Lamp', 'side by side')
  t.equal(left('<p>See also <a href=/1>Wicks</a></p>'), 'See also Wicks', 'a part of handbooks')
  t.equal(left('<p><span>More</span> <a href=/1>oil</a> burns longer.</p>'), 'More oil burns longer.', 'a sentence')
})
