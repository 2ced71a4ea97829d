import type { RootDatabase } from 'lmdb'

/** Brings the entries of a store from one version to the next; called in a transaction. */
export type ForwardStep = (tree: RootDatabase) => void

/** THE LIST of steps, from version 1 to 2 and so on: whoever changes what a value means adds the step for stores that are there. */
export const FORWARD_STEPS: readonly ForwardStep[] = []

/** Where the version stands. A number sorts before all texts: no key of an entry is ever equal to it, or counted with it. */
const VERSION_KEY = 0
/** Stores from before versions were counted are of the first one. */
const FIRST_VERSION = 1

/** What the entries of a store mean, as this program reads them. */
export const schemaVersion = (steps = FORWARD_STEPS): number => FIRST_VERSION + steps.length

/** The version of a store, as it stands in it. */
function versionOf(tree: RootDatabase): number {
  const found: unknown = tree.get(VERSION_KEY)
  return typeof found === 'number' ? found : FIRST_VERSION
}

/** Whether the version stands in a store; one that is new, or from before versions were counted, has none. */
export const isMarked = (tree: RootDatabase): boolean => tree.get(VERSION_KEY) !== undefined

/** Writes the version of this program into a store; within a transaction of the caller. */
export const markVersion = (tree: RootDatabase, steps = FORWARD_STEPS): void =>
  void tree.put(VERSION_KEY, schemaVersion(steps))

/** @throws Error when a later version of the program wrote a store: what stands in it is not known here. */
export function refuseNewer(tree: RootDatabase, steps = FORWARD_STEPS): void {
  const version = versionOf(tree)
  if (version > schemaVersion(steps))
    throw new Error(
      `a later version of Retrograde wrote it (schema ${version}, this one knows ${schemaVersion(steps)}): use that one, or another --data-dir`
    )
}

/**
 * Brings a store of an earlier version to that of this program, all of it or nothing.
 * @throws Error when it is of a later one, or cannot be written.
 */
export function bringForward(tree: RootDatabase, steps = FORWARD_STEPS): void {
  refuseNewer(tree, steps)
  const missing = steps.slice(versionOf(tree) - FIRST_VERSION)
  if (missing.length === 0) return
  tree.transactionSync(() => {
    for (const step of missing) step(tree)
    markVersion(tree, steps)
  })
}
