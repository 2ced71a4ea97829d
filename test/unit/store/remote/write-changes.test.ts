import t from 'tap'
import { Refused, type Command, type StoreClient } from '../../../../src/store/remote/client.js'
import { keyOfField, personalPlace } from '../../../../src/store/remote/places.js'
import { createView, NOBODY, readPerson } from '../../../../src/store/remote/view.js'
import { writeChanges } from '../../../../src/store/remote/write-changes.js'

/** A server that notes what it gets and says the same to all of it. */
function server(replies: (command: Command) => unknown) {
  const got: Command[] = []
  const client = {
    all: async (commands: readonly Command[]) => {
      got.push(...commands)
      return commands.map(replies)
    }
  } as unknown as StoreClient
  return { client, got, names: () => got.map(command => [command[0], command[2]].join(' ')) }
}

const versions = (next: number) => (command: Command) => (command[0] === 'HINCRBY' ? next : 1)

t.test('values of a person stand together', t => {
  for (const key of ['client 10.0.0.1', 'cookies @ada site.test', 'chain 2001:db8::1']) {
    const place = personalPlace(key)
    t.equal(place && keyOfField(place), key)
  }
  t.equal(personalPlace('cookies @ada site.test')?.person, '@ada')
  t.equal(personalPlace('long k7m2x9q4tz'), undefined)
  t.end()
})

t.test('who is known is changed, and the view follows', async t => {
  const view = createView()
  view.setPerson(
    'me',
    readPerson(['v', '41', 'born', '1', 'client', '{"value":1}', 'chain', '{"value":1,"until":5}'], 0)
  )
  const { client, names } = server(versions(42))
  await writeChanges(client, new Map([['client me', { value: 2 }]]), view)
  t.strictSame(names(), ['HSETNX v', 'HSETNX born', 'HSET client', 'HDEL chain', 'EXPIRE 63072000', 'HINCRBY v'])
  t.equal(view.get('client me')?.value, 2)
  t.equal(view.person('me')?.version, '42')
  t.strictSame(view.keys('chain me'), [], 'what had ended is gone')
})

t.test('when another one has written as well, nothing is taken for known', async t => {
  const view = createView()
  view.setPerson('me', readPerson(['v', '41', 'client', '{"value":1}'], 0))
  await writeChanges(server(versions(43)).client, new Map([['client me', { value: 2 }]]), view)
  t.equal(view.person('me'), undefined)
})

t.test('of who is not known nothing is overwritten', async t => {
  const view = createView()
  const { client, names } = server(versions(7))
  await writeChanges(
    client,
    new Map([
      ['cookies me site.test', { value: [] }],
      ['cookies me other.test', undefined]
    ]),
    view
  )
  t.strictSame(names().slice(2), ['HSETNX cookies site.test', 'EXPIRE 46656000', 'HINCRBY v'])
  t.equal(view.person('me'), undefined)
})

t.test('of a new person all is known', async t => {
  const view = createView()
  view.setPerson('me', NOBODY)
  const { client } = server(versions(1000))
  await writeChanges(client, new Map([['client me', { value: 1 }]]), view)
  t.match(view.person('me'), { version: '1000' })
  t.equal(view.get('client me')?.value, 1)
})

t.test('a secret is that of whoever was first', async t => {
  const view = createView()
  const { client, got } = server(command => (command[0] === 'GET' ? '{"value":"theirs"}' : null))
  await writeChanges(client, new Map([['secret', { value: 'ours' }]]), view)
  t.strictSame(
    got.map(command => [command[0], command.at(-1)]),
    [
      ['SET', 'NX'],
      ['GET', 'retrograde:1:value:secret']
    ]
  )
  t.equal(view.get('secret')?.value, 'theirs')
})

t.test('what stands in a store and is nothing of ours is not there', t => {
  t.strictSame([...readPerson(['v', '1', 'client', '{"value', 'jar', 'null', 'x', '[]'], 0).fields], [])
  t.strictSame(readPerson('WRONG', 0), NOBODY)
  t.end()
})

t.test('what is of another type holds up no other value, and gives way', async t => {
  const view = createView()
  view.setPerson('me', readPerson(['v', '1'], 0))
  const spoilt = new Set(['retrograde:1:person:me', 'retrograde:1:value:secret'])
  const got: Command[] = []
  const client = {
    all: async (commands: readonly Command[]) => {
      got.push(...commands)
      return commands.map(([name, key]) =>
        spoilt.has(String(key)) ? new Refused('WRONGTYPE') : name === 'HINCRBY' ? 2 : 1
      )
    },
    send: async (command: Command) => spoilt.delete(String(command[3]))
  } as unknown as StoreClient
  const changes = new Map([
    ['client me', { value: 1 }],
    ['client you', { value: 2 }],
    ['secret', { value: 'ours' }],
    ['long x', { value: 3 }]
  ])
  await writeChanges(client, changes, view)
  t.strictSame([...spoilt], [])
  t.equal(view.get('long x')?.value, 3)
  t.equal(view.get('secret')?.value, 'ours')
  t.equal(view.get('client me')?.value, 1)
  const again = got.slice(got.findLastIndex(([name]) => name === 'SET'))
  t.notOk(
    again.some(([, key]) => String(key).endsWith(':you')),
    'what was right is not written twice'
  )
})

t.test('a store that keeps what is of another type costs one value', async t => {
  const view = createView()
  view.setPerson('me', readPerson(['v', '1'], 0))
  const client = {
    all: async (commands: readonly Command[]) =>
      commands.map(([, key]) => (String(key).endsWith(':me') ? new Refused('WRONGTYPE') : 1)),
    send: async () => {
      throw new Refused('NOPERM')
    }
  } as unknown as StoreClient
  await writeChanges(
    client,
    new Map([
      ['client me', { value: 1 }],
      ['long x', { value: 3 }]
    ]),
    view
  )
  t.equal(view.get('client me'), undefined)
  t.equal(view.get('long x')?.value, 3)
})
