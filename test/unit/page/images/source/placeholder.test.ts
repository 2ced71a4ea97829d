import t from 'tap'
import { isPlaceholder, mayBePlaceholder } from '../../../../../src/page/images/source/placeholder.js'

t.test('addresses of what stands until a script has brought a picture', async t => {
  for (const address of [
    undefined,
    ' ',
    '#',
    'about:blank',
    'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP',
    '/spacer.gif',
    '/img/shop-placeholder-300x300.png?v=2',
    '/img/place-holder-170x213.jpg',
    '/a/loading-trans-ced157046184c3bc.gif',
    '/blank_1x1.png',
    '/1x1t.gif',
    '/Grey-Pixel._V192234675_.gif',
    '/loading.svg',
    '/ajax-loader.gif?x=/y',
    '/lazy_image.png',
    '/sign-up-loader.svg',
    '/heart-empty.svg',
    '/default-avatar-blue.png'
  ])
    t.ok(isPlaceholder(address), String(address))
})

t.test('pictures of what is grey, clear or loaded are none, unless another address is there', async t => {
  for (const address of [
    '/wool-sweater-grey.png',
    '/sofa_Grey_LEFT_953b097d.png',
    '/phone-pixel-8.jpg',
    '/clear.jpg',
    '/logo-transparent.png',
    '/front-loader.png',
    '/blank-t-shirt.png',
    '/campaign_1x1_f00b5.png',
    '/empty-room.webp'
  ]) {
    t.notOk(isPlaceholder(address), address)
    t.ok(mayBePlaceholder(address), address)
  }
  for (const address of ['/greyhound.png', '/loaders.gif', '/clear/sky.png', '/a.png?name=blank'])
    t.notOk(mayBePlaceholder(address), address)
})

t.test('a name is read once, however long', async t => {
  t.notOk(isPlaceholder(`/${'grey-'.repeat(40_000)}chair.png`))
  t.notOk(isPlaceholder(`${'/blank'.repeat(40_000)}/chair`))
})
