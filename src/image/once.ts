/** Finds a value when it is first asked for, and keeps it. */
export function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined
  return () => (found ??= { value: find() }).value
}
