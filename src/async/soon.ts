/** What is here at once, or comes: a promise for each step of each exchange would take a tenth of a kept image. */
export type Soon<T> = T | Promise<T>

/** Goes on with what is here at once, or when it has come. */
export const whenHere = <T, U>(value: Soon<T>, goOn: (here: T) => Soon<U>): Soon<U> =>
  value instanceof Promise ? value.then(goOn) : goOn(value)
