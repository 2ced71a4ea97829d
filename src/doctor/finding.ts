import { messageOf } from '../system-error.js'

/** What one check found: all is well, or what to do about it. */
export interface Finding {
  readonly name: string
  readonly ok: boolean
  /** What was found; where it is not well, what to do */
  readonly says: string
}

/** Runs a check; what it returns is well, what it throws is not. */
export async function find(name: string, check: () => Promise<string> | string): Promise<Finding> {
  try {
    return { name, ok: true, says: await check() }
  } catch (error) {
    return { name, ok: false, says: messageOf(error) }
  }
}
