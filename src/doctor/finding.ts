/** What one check found: all is well, or what to do about it. */
export interface Finding {
  readonly name: string
  readonly ok: boolean
  /** What was found; where it is not well, what to do */
  readonly says: string
}

/** The code that Node gives an error of the system: ENOTFOUND. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

export const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message || (codeOf(error) ?? error.name) : String(error)

/** Runs a check; what it returns is well, what it throws is not. */
export async function find(name: string, check: () => Promise<string> | string): Promise<Finding> {
  try {
    return { name, ok: true, says: await check() }
  } catch (error) {
    return { name, ok: false, says: wordsOf(error) }
  }
}
