/**
 * Begins pieces of work in their order until one gives something: the next one when one has given nothing, or has taken
 * a while, which ends nothing. Gives what came first, or undefined when all have given nothing. The work must not
 * reject.
 */
export function firstToGive<Item, Result>(
  items: readonly Item[],
  milliseconds: number,
  work: (item: Item) => Promise<Result | undefined>
): Promise<Result | undefined> {
  return new Promise(resolve => {
    const waiting = [...items]
    let underWay = 0
    let timer: NodeJS.Timeout | undefined

    function end(result: Result | undefined): void {
      clearTimeout(timer)
      waiting.length = 0
      resolve(result)
    }

    function next(): void {
      clearTimeout(timer)
      const item = waiting.shift()
      if (item === undefined) return underWay === 0 ? end(undefined) : undefined
      underWay++
      timer = setTimeout(next, milliseconds)
      void work(item).then(result => {
        underWay--
        if (result === undefined) next()
        else end(result)
      })
    }
    next()
  })
}
