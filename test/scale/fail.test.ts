import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { get, type Answer, type GetOptions } from '../helpers/client.js'
import { figure, startCluster, startNode, type Cluster } from './cluster.js'
import { freePort, until } from './programs.js'
import { startSite } from './site.js'

const site = await startSite(t)
const settings = 'http://retrograde/settings'
const SCREENS = ['mono512', 'mac16', 'col16', 'col256', 'tv544']

const tokenOf = ({ text }: Answer): string => /NAME="?token"? VALUE="?([0-9a-f]{16})/.exec(text)?.[1] ?? ''
const screenOf = ({ text }: Answer): string | undefined =>
  SCREENS.find(screen => new RegExp(`VALUE="?${screen}"? SELECTED`).test(text))

/** Chooses a screen; true when that was confirmed. */
async function choose(port: number, screen: string, me: GetOptions): Promise<boolean> {
  const token = tokenOf(await get(port, settings, me))
  const answer = await get(port, `${settings}?token=${token}&display=${screen}`, me)
  return answer.status === 200 && answer.text.includes('Saved')
}

/** Persons who use a cluster until they are stopped. */
interface Load {
  readonly asked: () => number
  /** Waits until each of them has been answered all of the pages once more. */
  allServed(): Promise<void>
  /** The longest that anybody has waited for an answer. Milliseconds */
  readonly longest: () => number
  /** What came that was no page that was asked for */
  readonly wrong: readonly string[]
  stop(): Promise<void>
}

const CLIENTS = 8
const addressOf = (client: number): string => `127.0.2.${client + 1}`

/** Begins when each proxy has converted a page: that its threads begin is no wait that a test is about. */
async function startLoad({ nodes, port }: Cluster): Promise<Load> {
  await Promise.all(nodes.map(node => get(node.port, `${site}/plain`)))
  const wrong: string[] = []
  const answers = Array<number>(CLIENTS).fill(0)
  let longest = 0
  let going = true
  const pages: ReadonlyArray<readonly [address: string, words: RegExp]> = [
    [`${site}/slow`, /slow words/],
    ['http://retrograde/', /yesterday's browsers/],
    [`${site}/mine`, /cookie:/],
    [settings, /Settings/]
  ]
  const client = async (number: number): Promise<void> => {
    for (let at = number; going; at++) {
      const [address, words] = pages[at % pages.length]!
      const began = performance.now()
      const answer = await get(port, address, { from: addressOf(number), timeoutSeconds: 30 })
      longest = Math.max(longest, performance.now() - began)
      answers[number]!++
      if (answer.status !== 200 || !words.test(answer.text))
        wrong.push(`${address}: ${answer.end} ${answer.status} ${answer.text.slice(0, 300)}`)
    }
  }
  const all = Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)))
  return {
    asked: () => answers.reduce((sum, count) => sum + count, 0),
    async allServed() {
      // What is under way is one that was asked for before.
      const wanted = answers.map(count => count + 1 + pages.length)
      await until('everybody is served', () => answers.every((count, number) => count >= wanted[number]!))
    },
    longest: () => longest,
    wrong,
    async stop() {
      going = false
      await all
    }
  }
}

const failing = async ({ nodes }: Cluster, wanted: 0 | 1): Promise<boolean> =>
  (await Promise.all(nodes.map(node => figure(node, 'retrograde_store_failing')))).every(found => found === wanted)

t.test('a proxy that is killed loses nothing that was confirmed, and at most what it was answering', async t => {
  const cluster = await startCluster(t)
  const { nodes, port } = cluster
  const load = await startLoad(cluster)
  const confirmed = new Map<string, string>()
  const attempted = new Map<string, string>()
  let going = true
  const saving = Array.from({ length: 4 }, async (_, number) => {
    const me: GetOptions = { from: `127.0.3.${number + 1}`, timeoutSeconds: 30 }
    for (let at = number; going; at++) {
      const screen = SCREENS[at % SCREENS.length]!
      attempted.set(me.from!, screen)
      if (await choose(port, screen, me)) confirmed.set(me.from!, screen)
    }
  })
  await sleep(2000)
  const [victim, ...others] = nodes
  await victim!.program.signal('SIGKILL')
  await load.allServed()
  await sleep(2000)
  going = false
  await Promise.all([...saving, load.stop()])
  t.ok(load.wrong.length <= CLIENTS, `${load.wrong.length} lost: ${load.wrong.join('; ')}`)
  t.equal(confirmed.size, 4)
  for (const [from, screen] of confirmed)
    for (const node of others) {
      const found = screenOf(await get(node.port, settings, { from }))
      t.ok(found === screen || found === attempted.get(from), `${from}: ${screen}, or what was sent last: ${found}`)
    }
})

/** Longer than anything takes on a busy machine, so that a wait for a store that is gone shows. */
const STORE_MILLISECONDS = 15_000

t.test('while the store is killed and comes back nobody gets an error page', async t => {
  const cluster = await startCluster(t, ['--log', 'text', '--shared-store-milliseconds', String(STORE_MILLISECONDS)])
  const { store, nodes } = cluster
  const [one, two, three] = nodes.map(node => node.port) as [number, number, number]
  const [known, late] = [{ from: '127.0.0.61' }, { from: '127.0.0.62' }]
  t.ok(await choose(one, 'mac16', known), 'saved before')
  const load = await startLoad(cluster)
  await sleep(1000)
  await store.program().signal('SIGKILL')
  await until('all see that it fails', () => failing(cluster, 1))
  t.equal(screenOf(await get(one, settings, known)), 'mac16', 'who is known stays known')
  t.ok(await choose(two, 'tv544', late), 'what is chosen meanwhile holds at this proxy')
  t.equal(screenOf(await get(two, settings, late)), 'tv544')
  await load.allServed()
  await sleep(2000)
  await store.start()
  await until('all see that it is back', () => failing(cluster, 0))
  await sleep(500)
  await load.stop()
  t.strictSame(load.wrong, [], `${load.asked()} requests`)
  t.ok(load.longest() < STORE_MILLISECONDS, `nobody waits for the store: ${Math.round(load.longest())} ms at most`)
  for (const node of [one, two, three]) {
    t.equal(screenOf(await get(node, settings, known)), 'mac16', 'what was saved before is there')
    t.equal(screenOf(await get(node, settings, late)), 'tv544', 'and what was chosen meanwhile is everywhere')
  }
  for (const { program } of nodes) {
    const said = program.output()
    t.equal(said.split('does not answer').length, 2, 'the log says it once')
    t.equal(said.split('answers again').length, 2, 'and once that it is back')
  }
})

t.test('what others have written meanwhile is not undone by what waited', async t => {
  const { store, nodes } = await startCluster(t, [], 2)
  const [one, two] = nodes.map(node => node.port) as [number, number]
  const me = { from: '127.0.0.63' }
  t.ok(await choose(one, 'mac16', me))
  await store.program().signal('SIGSTOP')
  await get(one, settings, me)
  t.ok(await choose(one, 'col16', me), 'chosen while the store hangs')
  await store.program().signal('SIGKILL')
  await nodes[0]!.program.signal('SIGSTOP')
  await store.start()
  await until('the other one is back', async () => (await figure({ port: two }, 'retrograde_store_failing')) === 0)
  t.ok(await choose(two, 'tv544', me), 'chosen later at the other one')
  await nodes[0]!.program.signal('SIGCONT')
  await until('both are back', async () => (await figure({ port: one }, 'retrograde_store_failing')) === 0)
  await sleep(500)
  for (const node of [one, two]) t.equal(screenOf(await get(node, settings, me)), 'tv544')
})

t.test('a store that hangs holds nobody up', async t => {
  const limit = 3000
  const cluster = await startCluster(t, ['--shared-store-milliseconds', String(limit)], 1)
  const port = cluster.nodes[0]!.port
  await get(port, `${site}/plain`)
  await cluster.store.program().signal('SIGSTOP')
  const times: number[] = []
  for (let at = 0; at < 20; at++) {
    const began = performance.now()
    const answer = await get(port, `${site}/plain`, { from: addressOf(at) })
    times.push(performance.now() - began)
    t.match(answer, { status: 200, text: /plain words/ })
    await sleep(100)
  }
  t.ok(Math.max(...times) < 2 * limit, `the longest took ${Math.round(Math.max(...times))} ms`)
  t.ok(times.filter(time => time >= limit).length <= 1, 'nobody waits but who finds it out')
  t.ok(await failing(cluster, 1))
  await cluster.store.program().signal('SIGCONT')
  await until('it is back', () => failing(cluster, 0))
})

t.test('without a store a proxy starts, and finds it later', async t => {
  const nobody = await freePort()
  const began = performance.now()
  const { port } = await startNode(t, { store: nobody })
  t.ok(performance.now() - began < 30_000)
  t.equal(await figure({ port }, 'retrograde_store_failing'), 1)
  t.ok(await choose(port, 'mac16', { from: '127.0.0.64' }))
})

t.test('a proxy that is told to end is taken out first, and nobody notices', async t => {
  const cluster = await startCluster(t, ['--drain-seconds', '3'])
  const { nodes } = cluster
  const load = await startLoad(cluster)
  await sleep(1000)
  const [leaving] = nodes
  const ended = leaving!.program.signal('SIGTERM')
  await sleep(300)
  t.match(await get(leaving!.port, '/healthz'), { status: 503, text: /draining/ })
  t.match(await get(leaving!.port, `${site}/plain`), { status: 200, text: /plain words/ }, 'it still answers')
  await ended
  await sleep(1000)
  await load.stop()
  t.strictSame(load.wrong, [], `${load.asked()} requests`)
})
