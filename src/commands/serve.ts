import { readConfig } from '../config.js'
import { serve } from '../serve.js'

/** Visits under way get so long to end after a signal. Milliseconds. */
const GRACE_MILLISECONDS = 10_000

/** retrograde serve: until SIGINT or SIGTERM. */
export async function serveCommand (args: string[]): Promise<number> {
  const config = readConfig(args, process.env)
  const running = await serve(config, line => process.stdout.write(`${line}\n`))
  process.stdout.write([
    'Retrograde is running.',
    'HTTP proxy for your old browser:',
    ...running.addresses.map(address => `  ${address}`),
    `Then type any address, or http://${config.name}/ for the home page.`,
    ''
  ].join('\n'))
  await new Promise<void>(resolve => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  setTimeout(() => process.exit(1), GRACE_MILLISECONDS).unref()
  await running.close()
  return 0
}
