import t from 'tap'
import { changedSettings } from '../../../../src/config/changes/changeable-settings.js'
import { readConfig } from '../../../../src/config/config.js'

t.test('what can change does, what cannot is named', async t => {
  const old = readConfig(['--port', '1001', '--allow-hosts', 'a'], {})
  const read = readConfig(['--port', '1002', '--allow-hosts', 'a,b', '--images', 'off'], {})
  const { config, changed, waiting } = changedSettings(old, read)
  t.match(config, { port: 1001, allowHosts: ['a', 'b'], images: 'off' })
  t.strictSame([[...changed].sort(), waiting], [['allowHosts', 'images'], ['port']])
  t.strictSame(changedSettings(old, readConfig(['--port', '1001', '--allow-hosts', 'a'], {})).changed, [])
})
