import t from 'tap'
import { freshnessOf } from '../../../../src/origin/headers/freshness.js'

const LONG = 'x'.repeat(2000)

t.test('what says too much of how long it holds is not kept', async t => {
  const freshness = freshnessOf({}, { status: 200, headers: { 'cache-control': 'max-age=60', etag: '"1"' } })
  t.not(freshness?.renewed({}, { etag: '"1"' }), undefined)
  t.equal(freshness?.renewed({}, { etag: '"1"', 'cache-control': `max-age=60, ${LONG}` }), undefined)
  t.equal(freshnessOf({}, { status: 200, headers: { 'cache-control': 'max-age=60', etag: `"${LONG}"` } }), undefined)
})

t.test('fields that say nothing of it may be long', async t => {
  const freshness = freshnessOf(
    {},
    { status: 200, headers: { 'cache-control': 'max-age=0', etag: '"1"', 'content-security-policy': LONG } }
  )
  t.match(freshness?.conditions({}), { 'if-none-match': '"1"' })
})
