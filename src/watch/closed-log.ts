import type { ClosedFor } from '../guard/connections.js'

/** Why a connection was closed before anything came of it. */
export type ClosedReason = ClosedFor | 'refused'

/** Tells the operator of such connections, in few lines however many they are. */
export type ClosedLog = (reason: ClosedReason, client: string) => void

const WORDS: Readonly<Record<ClosedReason, string>> = {
  refused: 'their addresses may not use this proxy',
  rate: 'their client opened too many in a second (maxConnectionsPerSecond)',
  client: 'their client had too many (maxConnectionsPerClient)',
  strangers: 'nobody had been let in from their addresses, and there were many such (maxConnections)',
  full: 'there were too many (maxConnections)'
}

/** The first is told at once, the others together. Milliseconds. */
const TOGETHER_MILLISECONDS = 60_000

interface Counted {
  count: number
  client: string
}

/** @param note writes a line */
export function createClosedLog(note: (message: string) => void): ClosedLog {
  const counts = new Map<ClosedReason, Counted>()
  let timer: NodeJS.Timeout | undefined

  function tell(): void {
    timer = undefined
    for (const [reason, { count, client }] of counts)
      note(`Connections closed: ${count}, the last of ${client}: ${WORDS[reason]}.`)
    if (counts.size > 0) timer = setTimeout(tell, TOGETHER_MILLISECONDS).unref()
    counts.clear()
  }

  return (reason, client) => {
    counts.set(reason, { count: (counts.get(reason)?.count ?? 0) + 1, client })
    if (timer === undefined) tell()
  }
}
