import t from 'tap'
import { loadClientRules } from '../../../src/clients/rules.js'
import { createKeptObjects } from '../../../src/page/kept-objects.js'

t.test('of each large class of a conversion an object is kept, for every profile, and none has a page', async t => {
  for (const profile of loadClientRules().profiles.values()) {
    const kept = createKeptObjects(profile)
    t.strictSame(
      kept.map(object => object.constructor.name),
      ['TextParser', 'Function', 'Surveyor', 'RowWriter', 'HeadingsAbove', 'Serializer']
    )
  }
})
