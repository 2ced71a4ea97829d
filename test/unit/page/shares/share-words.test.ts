import t from 'tap'
import { shareWords } from '../../../helpers/context.js'

t.test('addresses that share a page', async t => {
  const shared = [
    'https://www.facebook.com/sharer.php?u=x',
    '//facebook.com/sharer/sharer.php?u=x',
    'https://m.facebook.com/dialog/feed?app=1',
    'https://TWITTER.com/intent/tweet?url=x',
    'https://x.com/share',
    'https://wa.me/?text=x',
    'https://api.whatsapp.com/send?text=x',
    'whatsapp://send?text=x',
    'mailto:?subject=x',
    'https://uk.pinterest.com/pin/create/button/?url=x',
    'https://www.example.com/page?share=facebook',
    '/page.html?id=1&share=jetpack-whatsapp#x'
  ]
  for (const address of shared) t.ok(shareWords.isAddress(address), address)
})

t.test('addresses of people, pages and letters', async t => {
  const others = [
    'https://www.facebook.com/sharerofthings',
    'https://www.facebook.com/ada',
    'https://twitter.com/sharepoint',
    'https://notfacebook.com/sharer.php?u=x',
    'https://example.com/?to=https://facebook.com/sharer.php',
    'https://wa.me/4912345?text=x',
    'https://api.whatsapp.com/send?phone=123',
    'mailto:ada@example.com?subject=x',
    '/page?share=holders',
    'https://',
    '//',
    ''
  ]
  for (const address of others) t.notOk(shareWords.isAddress(address), address)
})

t.test('labels of bars, and sentences that are none', async t => {
  for (const label of [
    'Share',
    ' Teilen: ',
    'Partager |',
    '1,204',
    '12K',
    '(3)',
    'Share on X',
    'Artikel teilen',
    'シェアする',
    ''
  ])
    t.ok(shareWords.isLabel(label), label)
  for (const text of [
    'Share prices fall',
    'Ada',
    'Tweets of the week',
    'x'.repeat(500),
    `share this ${'x'.repeat(200)}`
  ])
    t.notOk(shareWords.isLabel(text), text.slice(0, 40))
})
