/** Counts how much of a shared resource each client uses. */
export interface ClientCounts {
  of(client: string): number
  /** A negative number subtracts; a client with nothing left is forgotten. */
  add(client: string, more: number): void
}

export function createClientCounts(): ClientCounts {
  const counts = new Map<string, number>()
  const of = (client: string): number => counts.get(client) ?? 0
  return {
    of,
    add(client, more) {
      const its = of(client) + more
      if (its === 0) counts.delete(client)
      else counts.set(client, its)
    }
  }
}
