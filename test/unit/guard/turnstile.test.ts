import t from 'tap'
import { createErrorPages } from '../../../src/answers/error-pages.js'
import type { PageWriter } from '../../../src/request/services.js'
import { Failure } from '../../../src/failures.js'
import { createTokenBuckets } from '../../../src/async/token-bucket.js'
import { createTurnstile } from '../../../src/guard/turnstile.js'
import { createHeadTurns } from '../../../src/front/head/head-turns.js'
import { displayOf, profileOf } from '../../helpers/context.js'

/** Who begins, in the order of the turns. */
function queue(): {
  add: (client: string, isKnown?: boolean) => () => void
  next: () => string | undefined
  all: () => string[]
} {
  const turnstile = createTurnstile()
  const begun: string[] = []
  const next = (): string | undefined => {
    turnstile.next()?.()
    return begun.at(-1)
  }
  return {
    add: (client, isKnown = true) => turnstile.add(client, isKnown, () => void begun.push(client)),
    next,
    all() {
      while (turnstile.waiting > 0) next()
      return begun
    }
  }
}

const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))

t.test('who has much that waits waits for itself', t => {
  const one = queue()
  many(100, () => one.add('10.0.0.1'))
  one.next()
  one.add('10.0.0.2')
  t.equal(one.next(), '10.0.0.2', 'who comes is next')
  many(4, () => one.add('10.0.0.2'))
  t.strictSame(
    one.all().slice(2, 10).sort(),
    [...many(4, () => '10.0.0.1'), ...many(4, () => '10.0.0.2')],
    'then in turn'
  )

  const blocks = queue()
  many(250, at => many(4, () => blocks.add(`127.0.1.${at + 1}`)))
  many(20, () => blocks.next())
  many(4, () => blocks.add('127.0.0.5'))
  const order = many(12, () => blocks.next())
  t.ok(order.filter(client => client === '127.0.0.5').length === 4, 'a thousand of neighbours count as one block')
  t.end()
})

t.test('who is known comes before strangers, who are not kept waiting for ever', t => {
  const { add, next } = queue()
  many(300, at => add(`198.51.${at % 100}.${at % 7}`, false))
  many(10, () => next())
  many(60, () => add('192.168.1.5'))
  const order = many(60, () => next()).filter(client => client === '192.168.1.5')
  t.ok(order.length >= 45 && order.length < 60, `${order.length} of 60`)
  const busy = queue()
  many(300, () => busy.add('192.168.1.5'))
  busy.next()
  busy.add('198.51.100.1', false)
  t.ok(many(6, () => busy.next()).includes('198.51.100.1'))
  t.end()
})

t.test('who leaves has no turn', t => {
  const { add, all } = queue()
  const leaves = many(5, () => add('10.0.0.1'))
  add('10.0.0.2')
  for (const leave of leaves) {
    leave()
    leave()
  }
  t.strictSame(all(), ['10.0.0.2'])
  leaves[0]!()
  t.end()
})

t.test('few heads are begun in a turn of the event loop, and fewer while connections come', async t => {
  let now = 0
  const turns = createHeadTurns(() => now)
  let begun = 0
  const wait = (count: number, milliseconds: number): void => {
    for (let at = 0; at < count; at++) {
      turns.wait({ address: `10.0.0.${at % 5}`, isKnown: true }, () => {
        begun++
        now += milliseconds
      })
    }
  }
  /** How many are begun in each of some turns. */
  const passes = async (count: number, before: () => void): Promise<number[]> => {
    const counts: number[] = []
    for (let at = 0; at < count; at++) {
      const already = begun
      before()
      await new Promise(resolve => setImmediate(resolve))
      counts.push(begun - already)
    }
    return counts
  }
  wait(9, 0.1)
  t.equal(begun, 0, 'never at once')
  t.strictSame(await passes(4, () => {}), [4, 4, 1, 0])
  wait(3, 10)
  t.strictSame(await passes(4, () => {}), [1, 1, 1, 0], 'fewer where they take long')
  wait(3, 0)
  now += 100
  const coming = await passes(12, () => {
    now += 1
    turns.arrived()
  })
  t.strictSame(coming, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])
  wait(2, 20)
  now += 100
  const slow = await passes(9, () => {
    now += 10
    turns.arrived()
  })
  // Each takes 20 ms and the turn another 10: the next is begun 90 ms later.
  t.strictSame(slow, [1, 0, 0, 0, 0, 0, 0, 0, 0])
  t.strictSame(
    await passes(2, () => {
      now += 10
      turns.arrived()
    }),
    [0, 1]
  )
  wait(5, 0)
  t.strictSame(await passes(2, () => {}), [4, 1], 'as before when no more come')
})

t.test('a head is begun at once where nobody waits, and not many before other work is done', async t => {
  let now = 0
  const turns = createHeadTurns(() => now)
  const pass = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
  const free = (count: number): number => many(count, () => turns.isFree()).filter(Boolean).length
  t.equal(free(40), 16)
  await pass()
  t.equal(free(2), 2)
  now += 3
  t.equal(free(2), 0, 'those before took long')
  await pass()
  t.equal(free(1), 1)
  const begun: string[] = []
  turns.wait({ address: '10.0.0.1', isKnown: true }, () => void begun.push('waits'))
  t.equal(free(1), 0, 'somebody waits')
  await pass()
  t.strictSame(begun, ['waits'])
  t.equal(free(1), 1)
  turns.arrived()
  t.equal(free(1), 0, 'connections come')
})

t.test('connections of a second', t => {
  let now = 0
  const buckets = createTokenBuckets(100, 5, () => now)
  const taken = (owner: string, count: number): number => many(count, () => buckets.take(owner)).filter(Boolean).length
  t.equal(taken('house', 100), 100, 'a page with a hundred images')
  t.equal(taken('flood', 5000), 500)
  now = 1000
  t.equal(taken('flood', 5000), 100)
  t.equal(taken('house', 500), 500, 'a pause fills it again')
  t.end()
})

t.test('a page that says no is made once for all who may read it so', t => {
  let made = 0
  const writer = {
    config: {},
    shortAddresses: { add() {}, secretFor: () => '' },
    portalPages: ({ bytes }: { bytes: Uint8Array }) => {
      made++
      return { body: bytes, contentType: 'text/html', addresses: [] }
    }
  } as unknown as PageWriter
  const pages = createErrorPages(writer)
  const client = (
    profile: string
  ): { profile: ReturnType<typeof profileOf>; display: ReturnType<typeof displayOf>; why: string } => ({
    profile: profileOf(profile),
    display: displayOf('col256'),
    why: ''
  })
  const said = many(1000, at =>
    pages.of(
      { client: client('nav3'), portal: `http://10.0.0.1:${at}` },
      new Failure('BUSY'),
      at.toString(16).padStart(8, '0')
    )
  )
  t.equal(made, 1)
  for (const at of [0, 1, 999])
    t.match(
      said[at]!.body.toString(),
      new RegExp(`BUSY #${at.toString(16).padStart(8, '0')} .*href="http://10.0.0.1:${at}/"`),
      'each has its id and leads home'
    )
  pages.of({ client: client('mosaic'), portal: '' }, new Failure('BUSY'), '1')
  pages.of({ client: client('nav3'), portal: '' }, new Failure('PASSWORD'), '1')
  t.equal(made, 3, 'others are others')
  createErrorPages(writer).of({ client: client('nav3'), portal: '' }, new Failure('BUSY'), '1')
  t.equal(made, 4, 'rules that were read again')
  const before = made
  const detailed = many(3, at =>
    pages
      .of({ client: client('nav3'), portal: 'http://home' }, new Failure('NOT_FOUND_HERE', 'x'.repeat(300 + at)), '1')
      .body.toString()
  )
  t.equal(made - before, 1, 'what is not shown makes no other page')
  t.equal(new Set(detailed).size, 1)
  const told = '00000000 http://portal.invalid/'
  t.match(
    pages
      .of({ client: client('nav3'), portal: 'http://home' }, new Failure('UNKNOWN_SCHEME', told), '1')
      .body.toString(),
    `(${told})`,
    'what was asked for is told as it was'
  )
  t.match(
    pages.of({ client: client('nav3'), portal: '$&' }, new Failure('BUSY'), '$1').body.toString(),
    /#\$1 .*href="\$&/,
    'nothing of it is a pattern'
  )
  t.end()
})
