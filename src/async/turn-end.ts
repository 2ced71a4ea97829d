/** What comes to its end together: all who wait in one turn of the event loop are given the same promise. */
export type TurnEnd = () => Promise<void>

/** Gives the end of the turn of the event loop that is under way, when all that has arrived by now has been read. */
export function createTurnEnd(): TurnEnd {
  let end: Promise<void> | undefined
  return () =>
    (end ??= new Promise(resolve =>
      setImmediate(() => {
        end = undefined
        resolve()
      })
    ))
}
