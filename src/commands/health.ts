import { readConfig } from '../config/config.js'

/** Time for the answer. Milliseconds. */
const PATIENCE = 4000

/** retrograde health: whether the proxy on this machine answers; for the health check of the container. */
export async function healthCommand(args: string[]): Promise<number> {
  const { port } = readConfig(args, process.env)
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(PATIENCE) })
  process.stdout.write(`${response.status}\n`)
  return response.ok ? 0 : 1
}
