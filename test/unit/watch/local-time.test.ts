import t from 'tap'
import { localTime } from '../../../src/watch/local-time.js'

t.test('a moment by the clock of the machine', async t => {
  for (const [zone, expected] of [
    ['UTC', '2026-11-28T23:05:09+00:00'],
    ['Europe/Berlin', '2026-11-29T00:05:09+01:00'],
    ['America/St_Johns', '2026-11-28T19:35:09-03:30'],
    ['Asia/Kathmandu', '2026-11-29T04:50:09+05:45']
  ] as const) {
    const before = process.env.TZ
    process.env.TZ = zone
    t.equal(localTime(new Date(Date.UTC(2026, 10, 28, 23, 5, 9, 900))), expected, zone)
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})
