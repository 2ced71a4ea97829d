import { get } from 'node:http'
import type { Asked } from './command.js'
import { configOf } from './settings/settings-of.js'

/** Time for the answer. Milliseconds. */
const PATIENCE = 4000

/** The status of /healthz. The fetch of Node would take longer to load than all the rest here. */
const askHealth = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/healthz', timeout: PATIENCE, agent: false }, answer => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    request.on('timeout', () => request.destroy(new Error('it is silent')))
    request.on('error', reject)
  })

/** retrograde health: whether the proxy on this machine answers; for the health check of the container. */
export async function healthCommand(asked: Asked): Promise<number> {
  const { port } = configOf(asked)
  try {
    const status = await askHealth(port)
    process.stdout.write(`${status}\n`)
    return status === 200 ? 0 : 1
  } catch (error) {
    throw new Error(
      `no proxy answers at port ${port} of this machine: is it running, and at another port (--port)? (${String(error)})`,
      { cause: error }
    )
  }
}
