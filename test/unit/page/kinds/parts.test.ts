import t from 'tap'
import { addPicture } from '../../../../src/page/kinds/parts.js'
import { attribute, elements } from '../../../../src/page/tree/tree.js'
import { knownContent } from '../../../helpers/known-content.js'

/** The addresses of the pictures of a content after it was given one. */
function pictures(markup: string, address = '/lamp-of-brass.jpg'): string[] {
  const { body } = knownContent(markup, {})
  addPicture(body, address, 'Lamp')
  return elements(body, 'img').map(image => attribute(image, 'src') ?? '')
}

const TEXT = `<p>${'A lamp of brass with a wick. '.repeat(12)}</p>`

t.test('the picture that a page tells', t => {
  t.same(pictures(TEXT), ['/lamp-of-brass.jpg'])
  t.same(pictures(TEXT, ''), [])
  t.same(pictures(`${TEXT}<img src=/room.jpg>`), ['/lamp-of-brass.jpg', '/room.jpg'], 'another one stands far below')
  t.same(pictures(`<img src=/room.jpg>${TEXT}`), ['/room.jpg'], 'but not above another one that leads')
  t.same(pictures(`<img src=/a.png width=80>${TEXT}`), ['/lamp-of-brass.jpg', '/a.png'], 'which no small one does')
  t.same(pictures(`<img src=/logo.png>${TEXT}`), ['/lamp-of-brass.jpg', '/logo.png'], 'nor a logo')
  t.same(
    pictures(`${TEXT}<img src=/i/lamp-of-brass-80x60.webp>`),
    ['/i/lamp-of-brass-80x60.webp'],
    'nor is it said twice'
  )
  t.same(pictures(`${TEXT}<img src=/room.jpg>`, '/opengraph.png'), ['/room.jpg'], 'nor is that of the site')
  t.end()
})
