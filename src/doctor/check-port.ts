import { once } from 'node:events'
import { createServer } from 'node:net'
import { HEALTHY } from '../portal/health.js'
import { askHealth } from './ask-health.js'
import { codeOf } from '../system-error.js'

async function isOurs(port: number): Promise<boolean> {
  try {
    return (await askHealth(port)).text === HEALTHY
  } catch {
    return false
  }
}

/** Whether the proxy can listen, or does already. @throws Error that says what to do. */
export async function checkPort(port: number, host: string): Promise<string> {
  const server = createServer().listen(port, host)
  try {
    await once(server, 'listening')
    return `${host}:${port} is free`
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EADDRINUSE' && (await isOurs(port))) return `Retrograde answers at port ${port} already`
    const advice =
      code === 'EADDRINUSE'
        ? `another program listens at port ${port}: stop it, or choose another port (--port)`
        : code === 'EACCES'
          ? `ports below 1024 need rights: choose another port (--port)`
          : `cannot listen at ${host}:${port} (${code ?? 'no code'}): check --host`
    throw new Error(advice, { cause: error })
  } finally {
    server.close()
  }
}
