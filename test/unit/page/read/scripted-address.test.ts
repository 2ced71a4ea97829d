import t from 'tap'
import { scriptedAddress } from '../../../../src/page/read/scripted-address.js'

t.test('where a page goes on to that is nothing but a script', async t => {
  const goesTo = (text: string): string | undefined => scriptedAddress([{ type: '', address: '', id: '', text }])
  t.equal(goesTo('location.href="/en/"'), '/en/')
  t.equal(goesTo("window.location = 'https://shop.example.com/'"), 'https://shop.example.com/')
  t.equal(goesTo('if (a) { top.location.replace( "start.html" ) }'), 'start.html')
  t.equal(goesTo('location.assign("/next" + id)'), undefined, 'an address that is yet to be made')
  t.equal(goesTo('var location = "Berlin"'), undefined)
  t.equal(goesTo('if (location.href == "/en/") open()'), undefined)
  t.equal(goesTo(`location.href="/en/";${' '.repeat(3000)}`), undefined, 'more than that')
})
