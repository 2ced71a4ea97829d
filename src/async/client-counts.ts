/** How much each client has of something that all share. */
export interface ClientCounts {
  of(client: string): number
  /** Less, where it is negative; who has nothing is forgotten. */
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
