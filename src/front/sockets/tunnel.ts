import type { Duplex } from 'node:stream'

interface TunnelEnds {
  readonly client: Duplex
  readonly site: Duplex
}

export interface TunnelLimits {
  /** Time without a byte in either direction */
  readonly idleSeconds: number
  /** Time in all */
  readonly mostSeconds: number
}

/** How a tunnel ended. */
export interface TunnelEnd {
  /** Who ended it first, or which limit was reached */
  readonly by: 'client' | 'site' | 'idle' | 'time'
  /** From the client to the site */
  readonly bytesUp: number
  /** From the site to the client */
  readonly bytesDown: number
}

/** For a client that had gone before anything could be passed on. */
export const NO_TUNNEL: TunnelEnd = { by: 'client', bytesUp: 0, bytesDown: 0 }

/**
 * Passes bytes both ways, unchanged, until one side ends or time is up; then both are closed, and `done` is called
 * once.
 */
export function tunnel(
  { client, site }: TunnelEnds,
  { idleSeconds, mostSeconds }: TunnelLimits,
  done: (end: TunnelEnd) => void
): void {
  let by: TunnelEnd['by'] | undefined
  const bytes = { up: 0, down: 0 }
  const end = (limit: 'idle' | 'time'): void => {
    by ??= limit
    client.destroy()
    site.destroy()
  }
  const whole = setTimeout(() => end('time'), mostSeconds * 1000)
  const idle = setTimeout(() => end('idle'), idleSeconds * 1000)
  const watch = (side: Duplex, name: 'client' | 'site', way: keyof typeof bytes): void => {
    const first = (): void => {
      by ??= name
    }
    side.on('data', (chunk: Buffer) => {
      bytes[way] += chunk.length
      idle.refresh()
    })
    side
      .once('end', first)
      .once('close', first)
      .on('error', () => {
        first()
        client.destroy()
        site.destroy()
      })
  }
  watch(client, 'client', 'up')
  watch(site, 'site', 'down')
  client.once('close', () => {
    clearTimeout(whole)
    clearTimeout(idle)
    site.destroy()
    done({ by: by ?? 'client', bytesUp: bytes.up, bytesDown: bytes.down })
  })
  // When a site has ended, its last bytes are still on their way to the client; a broken connection has none.
  site.once('close', () => {
    if (!client.writableEnded) client.destroy()
  })
  client.pipe(site)
  site.pipe(client)
}
