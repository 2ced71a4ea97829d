import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import t from 'tap'
import { get, type Answer } from '../helpers/client.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const origin = await startOrigin(t, undefined)
const upstream = { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 2 }
const proxy = await startProxy(t, { ...upstream, 'images-ahead': 2 })
const patient = await startProxy(t, upstream)

const red = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#cc3300' } })
  .png()
  .toBuffer()

const visit = (address: string, headers: readonly string[] = [], port = proxy.port): Promise<Answer> =>
  get(port, address, { browser: 'nav3', headers })
const asked = (address: string): typeof origin.seen => origin.asked(address)

async function until(isSo: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    if (isSo()) return true
    await sleep(20)
  }
  return false
}

/** A page with images that have their sizes, none of which may be kept. */
function page(host: string, names: readonly string[]): { address: string; image: (name: string) => string } {
  const image = (name: string): string => `http://${host}/${name}.png`
  const tags = names.map(name => `<img src="/${name}.png" width="40" height="30" alt="${name}">`)
  const address = `http://${host}/`
  origin.on(address, answers(`<title>x</title><p>Words of a page. ${tags.join(' and ')}`, 'text/html'))
  for (const name of names) origin.on(image(name), answers(red, 'image/png', { 'cache-control': 'no-store' }))
  return { address, image }
}

/** The address of the first image, as its browser asks for it. */
const firstImage = ({ text }: Answer, page: string): string => new URL(/SRC="([^"]+)"/.exec(text)?.[1] ?? '', page).href

t.test('the first images of a page are there when the browser asks for them', async t => {
  const { address, image } = page('ahead.test', ['one', 'two', 'three'])
  const answer = await visit(address, ['Cookie: a=b'])
  t.ok(await until(() => asked(image('one')).length === 1 && asked(image('two')).length === 1))
  const got = await visit(firstImage(answer, address))
  t.match(got.headers['content-type'], /^image\/gif/)
  t.equal(asked(image('one')).length, 1, 'it is not fetched again')
  const [first] = asked(image('one'))
  t.match(first?.headers, { referer: /ahead\.test/, cookie: 'a=b' }, 'as its browser would have asked')
  t.equal(asked(image('three')).length, 0, 'no more than the settings say')
  await visit(firstImage(answer, address))
  t.equal(asked(image('one')).length, 2, 'once: after that the site is asked, as it wants to be')
  const same = await visit(firstImage(answer, address), [], patient.port)
  t.ok(same.body.equals(got.body), 'the image is the same as without')
})

t.test('what a browser has in another form, or asks for anew, is not answered with it', async t => {
  const { address, image } = page('anew.test', ['one'])
  const answer = await visit(address)
  t.ok(await until(() => asked(image('one')).length === 1))
  await visit(firstImage(answer, address), ['Pragma: no-cache'])
  t.equal(asked(image('one')).length, 2)
})

t.test('cookies go to their own host alone', async t => {
  const there = page('there.test', ['one'])
  origin.on(
    'http://here.test/',
    answers('<p>Words.<img src="http://there.test/one.png" width=40 height=30>', 'text/html')
  )
  await visit('http://here.test/', ['Cookie: secret=1', 'Authorization: Basic eDp5'])
  t.ok(await until(() => asked(there.image('one')).length === 1))
  const [request] = asked(there.image('one'))
  t.equal(request?.headers['cookie'], undefined)
  t.equal(request?.headers['authorization'], undefined)
})

t.test('a browser that loads no images has none made ahead', async t => {
  const from = '127.0.0.9'
  const visit = (address: string): Promise<Answer> => get(proxy.port, address, { browser: 'nav3', from })
  const first = page('text1.test', ['one'])
  const second = page('text2.test', ['one'])
  const third = page('text3.test', ['one'])
  await visit(first.address)
  t.ok(await until(() => asked(first.image('one')).length === 1))
  const answer = await visit(second.address)
  await sleep(300)
  t.equal(asked(second.image('one')).length, 0, 'it did not ask for that of the page before')
  await visit(firstImage(answer, second.address))
  await visit(third.address)
  t.ok(await until(() => asked(third.image('one')).length === 1), 'it asks for them again')
})

t.test('a visit that waits for what is fetched ahead when the proxy ends has its answer', async t => {
  const ending = await startProxy(t, { ...upstream, 'images-ahead': 1, 'max-probes': 0, 'shutdown-seconds': 20 })
  const [address, image] = ['http://ending.test/', 'http://ending.test/none.png']
  origin.on(address, answers('<title>x</title><p>Words of a page. <img src="/none.png" alt="none">'))
  let sendFirst: (() => void) | undefined
  origin.on(image, exchange => {
    const send = (): void => answers('<p>No image', 'text/html', { 'cache-control': 'no-store' })(exchange)
    if (sendFirst === undefined) sendFirst = send
    else send()
  })
  const answer = await visit(address, [], ending.port)
  t.ok(await until(() => sendFirst !== undefined))
  const waiting = visit(firstImage(answer, address), [], ending.port)
  await sleep(300)
  const closing = ending.close()
  await sleep(300)
  sendFirst?.()
  t.match(await waiting, { status: 200, text: /No image/ })
  await closing
  t.ok(
    ending.lines.some(line => / page 200 .*nav3$/.test(line) && line.includes(image)),
    'and is in the log'
  )
})
