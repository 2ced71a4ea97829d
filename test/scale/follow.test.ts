import t, { type Test } from 'tap'
import { hashPassword } from '../../src/config/password-hash.js'
import { get, type Answer, type GetOptions } from '../helpers/client.js'
import { figure, startCluster } from './cluster.js'
import { startSite } from './site.js'

const site = await startSite(t)
const settings = 'http://retrograde/settings'
const tokenOf = ({ text }: Answer): string => /NAME="?token"? VALUE="?([0-9a-f]{16})/.exec(text)?.[1] ?? ''
const shows = (t: Test, answer: Answer, words: RegExp, says: string): void =>
  void t.match(answer, { status: 200, text: words }, says)

t.test('what a person has goes from proxy to proxy', async t => {
  const { nodes, port } = await startCluster(t, ['--max-redirects', '6'])
  const [one, two, three] = nodes.map(node => node.port) as [number, number, number]

  t.test('settings, with the form of one that is sent to another', async t => {
    const me = { from: '127.0.0.21' }
    const token = tokenOf(await get(one, settings, me))
    shows(t, await get(two, `${settings}?token=${token}&display=mac16`, me), /Saved/, 'the token of another is good')
    for (const node of [one, two, three])
      t.match((await get(node, settings, me)).text, /VALUE="?mac16"? SELECTED/, 'chosen')
    t.notMatch((await get(three, settings, { from: '127.0.0.22' })).text, /VALUE="?mac16"? SELECTED/, 'not for others')
  })

  t.test('cookies', async t => {
    const me = { from: '127.0.0.23' }
    await get(one, `${site}/log-in`, me)
    for (const node of [one, two, three, port])
      shows(t, await get(node, `${site}/mine`, me), /cookie: session=a1b2c3\./, 'sent by each')
    shows(t, await get(two, `${site}/mine`, { from: '127.0.0.24' }), /cookie: none\./, 'and for nobody else')
    const token = tokenOf(await get(three, settings, me))
    shows(
      t,
      await get(three, `${settings}?token=${token}&forget=cookies`, me),
      /cookies were deleted/,
      'forgotten at one'
    )
    shows(t, await get(one, `${site}/mine`, me), /cookie: none\./, 'is forgotten at all')
  })

  t.test('parts of a long page, and of the answer to a form, which cannot be fetched again', async t => {
    const me: GetOptions = { from: '127.0.0.25', browser: 'mosaic' }
    shows(t, await get(one, `${site}/long`, me), /paragraph 0 /, 'the first part')
    const before = await figure({ port: two }, 'retrograde_origin_bytes_total')
    const second = await get(two, `${site}/long?~part=2`, me)
    shows(t, second, /paragraph \d\d+ /, 'the second part')
    t.equal(await figure({ port: two }, 'retrograde_origin_bytes_total'), before, 'which nobody has fetched again')
    const body = 'q=anything'
    const posted = await get(three, `${site}/form`, {
      ...me,
      method: 'POST',
      body,
      headers: ['Content-Type: application/x-www-form-urlencoded']
    })
    const [, next = ''] = /HREF="([^"]*~part=2-[^"]*)"/.exec(posted.text) ?? []
    t.match(next, /part=2-/, 'the answer to a form has a second part')
    shows(t, await get(one, next, me), /result \d\d+ /, 'which another one has')
  })

  t.test('images that came inside a page', async t => {
    const me: GetOptions = { from: '127.0.0.26', browser: 'nav3' }
    const page = await get(one, `${site}/inline`, me)
    const [, image = ''] = /SRC="(http:\/\/retrograde\/inline\/[^"]*)"/.exec(page.text) ?? []
    const [here, there] = [await get(one, image, me), await get(two, image, me)]
    t.match(here.text, /^GIF8/)
    t.ok(there.body.equals(here.body), 'the same bytes')
  })

  t.test('redirects in a circle end, wherever each request goes', async t => {
    const me = { from: '127.0.0.27' }
    let address = `${site}/round`
    let answer = await get(one, address, me)
    let redirects = 0
    for (; answer.status === 302 && redirects < 20; redirects++) {
      address = answer.headers.location ?? ''
      answer = await get([one, two, three][redirects % 3]!, address, me)
    }
    t.match(answer.text, /REDIRECT_LOOP/)
    t.equal(redirects, 6, 'after as many as the settings say')
    shows(t, await get(two, 'http://retrograde/', me), /round/, 'and the home page of each lists what was not got')
  })

  t.test('short addresses', async t => {
    const me: GetOptions = { from: '127.0.0.28', browser: 'tiny' }
    const page = await get(one, `${site}/far`, me)
    const [, short = ''] = /HREF="(http:\/\/retrograde\/~[0-9a-z]{12})"/.exec(page.text) ?? []
    t.match(short, /~/, 'a link that is too long for the machine')
    shows(t, await get(three, short, me), /plain words/, 'leads there from each')
  })

  t.test('behind the balancer machines are told apart by their own addresses', async t => {
    const [here, there] = [{ from: '127.0.0.31' }, { from: '127.0.0.32' }]
    const token = tokenOf(await get(port, settings, here))
    shows(t, await get(port, `${settings}?token=${token}&display=mono512`, here), /Saved/, 'saved')
    for (let times = 0; times < nodes.length; times++) {
      t.match((await get(port, settings, here)).text, /VALUE="?mono512"? SELECTED/, 'wherever it is asked')
      t.notMatch((await get(port, settings, there)).text, /VALUE="?mono512"? SELECTED/, 'and not for the other one')
    }
    t.match((await get(two, settings, here)).text, /VALUE="?mono512"? SELECTED/, 'and without the balancer too')
  })
})

t.test('a log-in holds at every proxy, and wrong passwords are counted together', async t => {
  const hash = await hashPassword('blue fish')
  const { nodes, port } = await startCluster(t, ['--users', `ada:${hash}`], 2)
  const say = (password: string): GetOptions => ({
    headers: [`Proxy-Authorization: Basic ${Buffer.from(`ada:${password}`).toString('base64')}`]
  })
  const me = { ...say('blue fish'), from: '127.0.0.41' }
  t.equal((await get(port, 'http://retrograde/', { from: '127.0.0.41' })).status, 407, 'nobody without a password')
  const token = tokenOf(await get(nodes[0]!.port, settings, me))
  shows(t, await get(nodes[1]!.port, `${settings}?token=${token}&display=mac16`, me), /Saved/, 'saved')
  const elsewhere = { ...me, from: '127.0.0.42' }
  t.match((await get(port, settings, elsewhere)).text, /VALUE="?mac16"? SELECTED/, 'a user is one on all machines')
  const guess = { ...say('red fish'), from: '127.0.0.43' }
  const statuses: number[] = []
  for (let tries = 0; tries < 24; tries++) statuses.push((await get(port, 'http://retrograde/', guess)).status)
  t.strictSame(statuses, [...Array<number>(20).fill(407), ...Array<number>(4).fill(429)])
})

t.test('quotas are those of the machine, not of each proxy', async t => {
  const { nodes, port } = await startCluster(t, ['--max-requests-per-minute', '9'])
  const me = { from: '127.0.0.51' }
  const statuses: number[] = []
  for (let times = 0; times < 12; times++)
    statuses.push((await get(port, 'http://retrograde/news-of-nobody', me)).status)
  t.strictSame(statuses, [...Array<number>(9).fill(404), ...Array<number>(3).fill(429)])
  for (const node of nodes) t.equal((await get(node.port, 'http://retrograde/', me)).status, 429, 'each knows')
  t.equal((await get(port, 'http://retrograde/', { from: '127.0.0.52' })).status, 200, 'others are let in')
})
