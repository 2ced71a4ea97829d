import type { Test } from 'tap'
import { readConfig } from '../../src/config/config.js'
import { serve } from '../../src/serve.js'

export interface Proxy {
  readonly port: number
  /** Lines of the log */
  readonly lines: string[]
  close(): Promise<void>
}

/** A proxy in this process with settings as on the command line; ends with the test. */
export async function startProxy(t: Test, settings: Readonly<Record<string, string | number>>): Promise<Proxy> {
  const flags = Object.entries({
    port: 0,
    host: '127.0.0.1',
    'data-dir': '',
    'conversion-timeout-seconds': 100,
    'shutdown-seconds': 3,
    ...settings
  }).flatMap(([name, value]) => [`--${name}`, String(value)])
  const lines: string[] = []
  const running = await serve(readConfig(flags, {}), line => lines.push(line))
  let closed = false
  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    await running.close()
  }
  t.teardown(close)
  return { port: running.port, lines, close }
}
