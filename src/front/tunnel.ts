import type { Duplex } from 'node:stream'

export interface TunnelLimits {
  /** Without a byte in either direction */
  readonly idleSeconds: number
  /** In all */
  readonly mostSeconds: number
}

/** Passes bytes both ways, untouched, until one side is through or time is up; then both are closed. */
export function tunnel (client: Duplex, site: Duplex, { idleSeconds, mostSeconds }: TunnelLimits): void {
  const end = (): void => {
    client.destroy()
    site.destroy()
  }
  const whole = setTimeout(end, mostSeconds * 1000)
  const idle = setTimeout(end, idleSeconds * 1000)
  const alive = (): void => void idle.refresh()
  for (const side of [client, site]) side.on('error', end).on('data', alive)
  client.once('close', () => {
    clearTimeout(whole)
    clearTimeout(idle)
    site.destroy()
  })
  // A site that is through has its last bytes on the way to the client still; one that broke off has none.
  site.once('close', () => { if (!client.writableEnded) client.destroy() })
  client.pipe(site)
  site.pipe(client)
}
