import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { withoutSettings } from '../../src/config/setting-names.js'
import { ROOT } from '../../test/helpers/root.js'
import type { Started } from './measure.js'

const PROGRAM = join(ROOT, 'dist', 'retrograde.cjs')
/** Nothing on the disk, no lines in the log, and no limit of how often a client may come. */
const SETTINGS = ['--port', '0', '--host', '127.0.0.1', '--data-dir', '', '--log', 'off', '--allow-hosts', '127.0.0.1']
const UNLIMITED = ['--max-connections-per-second', '65535', '--max-requests-per-minute', '0']

/**
 * The program as it is run by people: what the build has made (`npm run build`), by its command. Once it runs it says at
 * which address.
 * @throws Error when it ends before
 */
export async function startBuilt(...given: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', ...SETTINGS, ...UNLIMITED, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // The settings are those that are given here, whatever the environment says.
    env: withoutSettings(process.env)
  })
  const lines = createInterface(child.stdout)
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${PROGRAM} ended with ${String(code)}`)
  })
  const port = new Promise<number>(resolve => {
    lines.on('line', line => {
      const [, said] = /^\s*127\.0\.0\.1:(\d+)$/.exec(line) ?? []
      if (said !== undefined) resolve(Number(said))
    })
  })
  const started = { port: await Promise.race([port, ended]), child }
  // Whoever began it ends it.
  ended.catch(() => {})
  return started
}
