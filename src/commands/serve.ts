import { readConfig } from '../config/config.js'
import { serve } from '../serve.js'

/** What is left to do after the last visit (to write what is remembered) gets so long. Milliseconds. */
const GRACE_MILLISECONDS = 5000

/** retrograde serve: until SIGINT or SIGTERM; a second one ends it at once. SIGHUP reads the rules again. */
export async function serveCommand(args: string[]): Promise<number> {
  const config = readConfig(args, process.env)
  const running = await serve(config, line => process.stdout.write(`${line}\n`))
  // Who reads that it is running may send a signal at once.
  process.on('SIGHUP', () => running.reload())
  const ended = new Promise<void>(resolve => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  process.stdout.write(
    [
      'Retrograde is running.',
      'HTTP proxy for your old browser:',
      ...running.addresses.map(address => `  ${address}`),
      `Then type any address, or http://${config.name}/ for the home page.`,
      ''
    ].join('\n')
  )
  await ended
  setTimeout(() => process.exit(1), config.shutdownSeconds * 1000 + GRACE_MILLISECONDS).unref()
  await running.close()
  return 0
}
