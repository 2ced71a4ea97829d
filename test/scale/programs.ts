import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'

/** A program that was started for a test. */
export interface Program {
  /** What it has written so far */
  output(): string
  /** Sends a signal; SIGKILL and SIGTERM wait until it has ended. */
  signal(signal: NodeJS.Signals): Promise<void>
  isRunning(): boolean
  /** What it has worked so far, on Linux. Seconds */
  processor(): number
}

/** Time for a program to come up on a machine that does much else. Milliseconds. */
const START_MILLISECONDS = 120_000

/** Of Linux, in a second (man 5 proc). */
const TICKS = 100

/** Below those that Linux gives to connections, which may be taken between a look and its use. */
const PORTS = { first: 10_000, last: 30_000 }

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.first, PORTS.last)
    if (!(await listens(port))) return port
  }
}

/** What programs end with. */
export type Ending = Pick<Test, 'teardown'>

/** Starts a program, which ends with the test. */
export function start(t: Ending, command: string, args: readonly string[]): Program {
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('latin1')
    })
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null
  async function signal(name: NodeJS.Signals): Promise<void> {
    if (!isRunning()) return
    const ended = once(child, 'exit')
    child.kill(name)
    if (name === 'SIGKILL' || name === 'SIGTERM') await ended
  }
  t.teardown(() => signal('SIGKILL'))
  function processor(): number {
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS
  }
  return { output: () => output, signal, isRunning, processor }
}

/** Waits until something holds. @throws Error that says what did not, with what the program wrote */
export async function until(what: string, holds: () => Promise<boolean> | boolean, program?: Program): Promise<void> {
  const end = Date.now() + START_MILLISECONDS
  while (Date.now() < end && program?.isRunning() !== false) {
    if (await holds()) return
    await sleep(50)
  }
  throw new Error(`${what}: not in time. ${program?.output() ?? ''}`)
}

/** Whether somebody takes connections at a port. */
export const listens = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1')
    const end = (answer: boolean) => () => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', end(true))
    socket.once('error', end(false))
  })
