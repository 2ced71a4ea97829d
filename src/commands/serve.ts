import type { Config } from '../config/config.js'
import { VERSION } from '../config/version.js'
import { serve, type Running } from '../serve.js'
import type { Asked } from './command.js'
import { startError } from './listen-error.js'
import { configToServe } from './settings/settings-of.js'

/** What is left to do after the last visit (to write what is remembered) gets so long. Milliseconds. */
const GRACE_MILLISECONDS = 5000

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function start(config: Config): Promise<Running> {
  try {
    return await serve(config, say)
  } catch (error) {
    throw startError(error, config)
  }
}

/** retrograde serve: until SIGINT or SIGTERM; a second one ends it at once. SIGHUP reads rules and settings again. */
export async function serveCommand(asked: Asked): Promise<number> {
  const config = configToServe(asked)
  const running = await start(config)
  // Who reads that it is running may send a signal at once.
  process.on('SIGHUP', () => running.reload(() => configToServe(asked)))
  const ended = new Promise<string>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve(signal))
  })
  // Who reads lines of JSON reads no others.
  const tell = config.log === 'json' ? running.note : say
  tell(`Retrograde ${VERSION} is running.`)
  tell(`HTTP proxy for your old browser:`)
  for (const address of running.addresses) tell(`  ${address}`)
  tell(`Then type any address, or http://${config.name}/ for the home page.`)
  const signal = await ended
  tell(
    `Retrograde ends (${signal}): visits under way have ${config.shutdownSeconds} s, a second signal ends it at once.`
  )
  setTimeout(() => process.exit(1), (config.drainSeconds + config.shutdownSeconds) * 1000 + GRACE_MILLISECONDS).unref()
  await running.close()
  return 0
}
