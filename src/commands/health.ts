import { askHealth } from '../doctor/ask-health.js'
import { HEALTHY } from '../portal/health.js'
import type { Asked } from './command.js'
import { configOf } from './settings/settings-of.js'

/** retrograde health: whether the proxy on this machine answers; for the health check of the container. */
export async function healthCommand(asked: Asked): Promise<number> {
  const { port } = configOf(asked)
  try {
    const { status, text } = await askHealth(port)
    const isOurs = text === HEALTHY
    process.stdout.write(
      isOurs ? `Retrograde answers at port ${port}\n` : `what listens at port ${port} says ${status}\n`
    )
    return isOurs ? 0 : 1
  } catch (error) {
    throw new Error(`no proxy answers at port ${port} of this machine: is it running, and at another port (--port)?`, {
      cause: error
    })
  }
}
