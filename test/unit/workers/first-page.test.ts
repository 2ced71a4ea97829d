import t from 'tap'
import { loadClientRules } from '../../../src/clients/rules.js'
import { createPageConverter } from '../../../src/page/convert.js'
import { firstPage } from '../../../src/workers/first-page.js'
import { knowledge } from '../../helpers/context.js'

const { profiles, fallback } = loadClientRules()

t.test('the first page of a thread has nothing that fails', async t => {
  const convert = createPageConverter(knowledge)
  for (const [id, profile] of profiles) {
    const { body, failures } = convert(firstPage({ profile, display: fallback.display }))
    t.strictSame(failures, [], id)
    t.match(Buffer.from(body).toString('latin1'), /Lamps at the harbour/, id)
  }
})
