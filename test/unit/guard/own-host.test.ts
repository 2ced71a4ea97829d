import { hostname } from 'node:os'
import t from 'tap'
import { createOwnHost } from '../../../src/guard/own-host.js'

const options = { host: '0.0.0.0', port: 8080, ownNames: [], allowHosts: [] }

t.test('names of a home are this machine, sites of the Internet are not', async t => {
  const { isOwn } = createOwnHost(options)
  const machine = hostname().split('.')[0]!
  for (const name of [
    'pi.lan',
    'pi.local',
    'pi.home',
    'pi.internal',
    'pi.localdomain',
    'pi.home.arpa',
    'PI.Home.Arpa.'
  ])
    t.ok(isOwn(name), name)
  t.ok(isOwn(`${machine}.fritz.box`))
  for (const name of ['fritz.box', `not-${machine}.fritz.box`, 'home.arpa.example.com', 'lan.example.com'])
    t.notOk(isOwn(name), name)
})

t.test('what the settings open is a site, and they may change', async t => {
  let current: { ownNames: readonly string[]; allowHosts: readonly string[] } = {
    ownNames: [],
    allowHosts: ['nas.lan']
  }
  const { isOwn } = createOwnHost(options, () => current)
  t.notOk(isOwn('nas.lan'))
  current = { ownNames: ['pi.example.com'], allowHosts: [] }
  t.ok(isOwn('nas.lan'))
  t.ok(isOwn('pi.example.com'))
})
