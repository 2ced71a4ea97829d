import t from 'tap'
import type { Client } from '../../../src/clients/identify.js'
import { createKeptPages } from '../../../src/portal/kept-pages.js'
import { Html } from '../../../src/portal/html.js'
import { displayOf, profileOf } from '../../helpers/context.js'

const newClient = (why: string): Client => ({
  profile: profileOf('nav3'),
  display: displayOf('col256'),
  why
})

t.test('a page is kept for its kind of client and the names that it tells', t => {
  const pages = createKeptPages()
  const [one, other] = [newClient('one'), newClient('other')]
  const ask = (client: Client, names: string): Html => pages(client, [names], () => new Html(names))
  const page = ask(one, 'http://a')
  t.equal(ask(one, 'http://a'), page)
  t.not(ask(one, 'http://b'), page, 'other names')
  t.not(ask(other, 'http://a'), page, 'another kind')
  t.end()
})

t.test('what names and kinds without number leave is bounded', t => {
  const pages = createKeptPages()
  let made = 0
  const ask = (client: Client, names: string): Html => pages(client, [names], () => new Html(`page ${made++}`))
  const one = newClient('one')
  ask(one, 'a')
  for (let at = 0; at < 10; at++) ask(one, `name ${at}`)
  ask(one, 'a')
  t.equal(made, 12, 'the first was forgotten')
  for (let at = 0; at < 100; at++) ask(newClient(String(at)), 'a')
  ask(one, 'a')
  t.equal(made, 113, 'and the first kind as well')
  t.end()
})
