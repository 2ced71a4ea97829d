import { once } from 'node:events'
import http from 'node:http'
import type { Started } from './exchanges/measure.js'

const HEADERS = { 'User-Agent': 'Mozilla/3.0 (Win95; I)', Accept: 'image/gif, image/x-xbitmap, image/jpeg, */*' }

export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!

/**
 * Asks a proxy as Netscape 3 does, on a new connection.
 * @throws Error when the answer is no 200: then it is not measured what was meant.
 */
export async function ask({ port }: Started, path: string): Promise<void> {
  const asked = http.get({ host: '127.0.0.1', port, path, agent: false, headers: HEADERS })
  const [answer] = (await once(asked, 'response')) as [http.IncomingMessage]
  await answer.toArray()
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`)
}

/** Has the site answer with some bytes; gives their address. */
export async function publish({ port }: Started, name: string, type: string, bytes: Buffer): Promise<string> {
  const address = `http://127.0.0.1:${port}/kept/${name}`
  await fetch(address, { method: 'PUT', headers: { 'content-type': type }, body: new Uint8Array(bytes) })
  return address
}

/** Does something with each item, for so many clients at a time; items a second. */
export async function perSecond<Item>(
  items: readonly Item[],
  clients: number,
  work: (item: Item) => Promise<void>
): Promise<number> {
  const began = performance.now()
  const left = items.values()
  const client = async (): Promise<void> => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: clients }, client))
  return (items.length * 1000) / (performance.now() - began)
}
