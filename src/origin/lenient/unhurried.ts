import { Readable } from 'node:stream'
import type { IncomingMessage } from 'node:http'
import { Failure } from '../../failures.js'

/** An answer is read on only while less of it waits for its reader. Bytes. */
const MOST_WAITING = 65536

/**
 * The body of an answer, all of what has come before it broke off: Node throws away what nobody has read by then, and
 * tells nobody who listens later. It ends with the answer, and ends it.
 */
export function unhurriedBody(answer: IncomingMessage): Readable {
  const waiting: Buffer[] = []
  let bytes = 0
  let isOver = false
  let wake = (): void => {}
  answer.on('data', (chunk: Buffer) => {
    waiting.push(chunk)
    bytes += chunk.length
    if (bytes > MOST_WAITING) answer.pause()
    wake()
  })
  answer.on('error', () => {})
  answer.once('close', () => {
    isOver = true
    wake()
  })

  async function* read(): AsyncGenerator<Buffer> {
    for (;;) {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        bytes -= next.length
        yield next
      }
      if (isOver) break
      answer.resume()
      await new Promise<void>(resolve => (wake = resolve))
    }
    if (!answer.complete) throw new Failure('CONNECTION_LOST', 'within its body')
  }

  return Readable.from(read(), { objectMode: false }).once('close', () => answer.destroy())
}
