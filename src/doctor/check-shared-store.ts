import type { Config } from '../config/config.js'
import { openClient, placeOfStore, type StoreClient } from '../store/remote/client.js'
import { messageOf } from '../system-error.js'

/** A doctor has more patience than a visit. Milliseconds. */
const PATIENCE = 5000
/** Questions of which the time is measured. */
const QUESTIONS = 10

type StoreSettings = Pick<Config, 'sharedStore' | 'sharedStorePasswordFile' | 'sharedStoreMilliseconds'>

async function millisecondsOf(client: StoreClient): Promise<number> {
  const began = performance.now()
  for (let at = 0; at < QUESTIONS; at++) await client.send(['PING'])
  return (performance.now() - began) / QUESTIONS
}

/** What it is: "valkey 8.1.1". */
async function programOf(client: StoreClient): Promise<string> {
  const info = String(await client.send(['INFO', 'server']))
  const [, name = 'redis', version = ''] =
    /^(valkey)_version:(\S+)/m.exec(info) ?? /^(redis)_version:(\S+)/m.exec(info) ?? []
  return `${name} ${version}`
}

/** What a store does when it is full; undefined where only its operator may know. */
async function policyOf(client: StoreClient): Promise<string | undefined> {
  const said = await client.send(['CONFIG', 'GET', 'maxmemory*']).catch(() => undefined)
  if (!Array.isArray(said)) return undefined
  const value = (name: string): string => String(said[said.indexOf(name) + 1])
  return value('maxmemory') === '0' ? undefined : value('maxmemory-policy')
}

/** @throws Error when it is too slow, or drops what persons were told is kept */
function judge(milliseconds: number, policy: string | undefined, most: number): void {
  if (milliseconds > most / 2)
    throw new Error(`it takes ${Math.round(milliseconds)} ms to answer: put it nearer, or see sharedStoreMilliseconds`)
  if (policy === 'noeviction')
    throw new Error('when it is full it takes nothing any more: set its maxmemory-policy to volatile-ttl')
  if (policy !== undefined && policy !== 'volatile-ttl')
    throw new Error(
      `when it is full it may drop settings and cookies (${policy}): set maxmemory-policy to volatile-ttl`
    )
}

/** Whether a shared store answers, and keeps what it should. @throws Error that says what to do. */
export async function checkSharedStore(config: StoreSettings): Promise<string> {
  const place = placeOfStore(config.sharedStore)
  const client = await openClient({
    address: config.sharedStore,
    passwordFile: config.sharedStorePasswordFile,
    milliseconds: PATIENCE
  }).catch((error: unknown) => {
    throw new Error(`${place} cannot be reached (${messageOf(error)}): see sharedStore`, { cause: error })
  })
  try {
    const milliseconds = await millisecondsOf(client)
    judge(milliseconds, await policyOf(client), config.sharedStoreMilliseconds)
    return `${place} is ${await programOf(client)}, and answers in ${milliseconds.toFixed(1)} ms`
  } finally {
    client.close()
  }
}
