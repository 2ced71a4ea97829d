/** What an error says; of one that says nothing, as when several addresses were tried, its name. */
export const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error)
