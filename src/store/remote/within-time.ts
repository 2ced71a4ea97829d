/** What was waited for did not come in time. */
export class TooLate extends Error {}

/**
 * The result of some work, unless it takes too long. When time is up, answers that have come already are taken first:
 * it may have been this process that had no time to read them.
 * @throws TooLate
 */
export async function withinTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => setImmediate(() => reject(new TooLate(`no answer within ${milliseconds} ms`))),
      milliseconds
    )
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    // What comes too late is nobody's any more, and must not end the process.
    work.catch(() => {})
  }
}
