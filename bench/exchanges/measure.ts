import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** What a process with load is to ask for. */
export interface Asked {
  readonly port: number
  /** Target of the request, absolute for a proxy */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Clients at once */
  readonly clients: number
  readonly seconds: number
  /** Connections are kept */
  readonly kept: boolean
}

/** What came of it. */
export interface Done {
  readonly answers: number
  readonly seconds: number
  /** Those that were no 200, and connections that broke */
  readonly failed: number
}

/** A program of this folder in a process of its own, which has told its port. */
export interface Started {
  readonly port: number
  readonly child: ChildProcess
}

/** Starts a program of this folder; when it fails, so does the bench. */
export function start(name: string, ...given: readonly string[]): ChildProcess {
  const child = fork(new URL(`./${name}.js`, import.meta.url), given, { execArgv: [] })
  return child.once('exit', code => {
    if (code !== null) throw new Error(`${name} ended with ${code}`)
  })
}

/** Starts a program of this folder that listens, and waits until it does. */
export async function listen(name: string, ...given: readonly string[]): Promise<Started> {
  const child = start(name, ...given)
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { port, child }
}

/** A clock tick of /proc/PID/stat, on all systems of Linux that Node runs on. Seconds. */
const TICK = 0.01

/** Time that a process had on all cores, or 0 where the system does not tell. Seconds. */
function cpuOf({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return 0
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK
}

/** Resident memory of a process, or 0 where the system does not tell. MiB. */
export function residentOf({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return 0
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024
}

/** How a server did under load. */
export interface Rate {
  readonly perSecond: number
  /** Milliseconds of the server's processor for one answer, all its threads */
  readonly milliseconds: number
}

/**
 * Puts load on a server.
 * @throws Error when an answer is no 200: then it is not measured what was meant.
 */
export async function rate(load: ChildProcess, server: ChildProcess, asked: Asked): Promise<Rate> {
  const before = cpuOf(server)
  load.send(asked)
  const [{ answers, seconds, failed }] = (await once(load, 'message')) as [Done]
  if (failed > 0 || answers === 0) throw new Error(`${asked.path}: ${failed} of ${answers} answers failed`)
  return { perSecond: answers / seconds, milliseconds: ((cpuOf(server) - before) * 1000) / answers }
}
