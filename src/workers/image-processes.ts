import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isTimeOver } from '../async/signal.js'
import { withoutSettings } from '../config/setting-names.js'
import type { ConversionResult } from '../image/options.js'
import type { ImageJob } from './image-job.js'
import type { Outcome } from './outcome.js'
import { codeRangeIn } from './v8/code-range.js'
import { entryFile } from './entry-file.js'
import { INLINE_LITTLE } from './v8/inlining.js'

/** Processes that convert images, one at a time each; started as needed. */
export interface ImageProcesses {
  /**
   * Converts an image in an idle process, or in a new one. When the signal aborts, the process is killed, whatever it
   * is doing.
   * @throws Error when the process ended: killed, out of memory, or impossible to start.
   */
  convert(job: ImageJob, signal: AbortSignal): Promise<Outcome<ConversionResult>>
  figures(): Promise<ProcessFigures>
  /** Kills them all. */
  close(): void
}

export interface ProcessFigures {
  readonly processes: number
  /** Resident memory of all processes; 0 where the system does not tell (Linux does). Bytes */
  readonly bytes: number
  /** Processes that ended during a conversion since the start: at a limit, or by a decoder's fault */
  readonly ended: number
}

/** An idle process ends after so long, because it takes 60 MB; where another is idle, sooner. Milliseconds. */
const IDLE_MILLISECONDS = 60_000
const SECOND_IDLE_MILLISECONDS = 10_000
/** Memory that the decoders need besides an image, as the system counts it (RLIMIT_DATA). Bytes. */
const OWN_BYTES = 96 * 1024 * 1024
/** Heap of JavaScript, which holds no pixels. MiB. */
const HEAP_MEGABYTES = 96
/**
 * The unit of /proc/PID/statm: memory pages of Linux on amd64, arm64 and arm have 4,096 bytes. Some arm64 systems have
 * larger ones, and there the figure is too small.
 */
const PAGE_BYTES = 4096

/** New objects of JavaScript, of which there are few: all of it is taken. MiB. */
const SEMI_SPACE_MEGABYTES = 2

/**
 * A larger piece of memory goes back to the system as soon as it is free. glibc would keep such pieces for later, 32 MB
 * of them, once there was one of that size. Bytes.
 */
const GIVEN_BACK_BYTES = 512 * 1024

/**
 * Fewer threads and memory pools: an image is converted by one thread (decode.ts), and threads keep the memory they
 * took.
 */
const ENVIRONMENT = {
  UV_THREADPOOL_SIZE: '2',
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: String(GIVEN_BACK_BYTES),
  MALLOC_TRIM_THRESHOLD_: String(GIVEN_BACK_BYTES)
}

/** What this Node sets aside without using it; its processes for images do so too. Bytes. */
function setAside(): number {
  try {
    return codeRangeIn(readFileSync('/proc/self/maps', 'latin1'))
  } catch {
    // A system without it has no such limit either, or counts otherwise.
    return 0
  }
}

/**
 * Sets the limit that setrlimit(2) calls RLIMIT_DATA, in KiB, because Node cannot: decoders get no memory beyond it.
 */
const LIMITED = 'ulimit -d "$1" 2>/dev/null; shift; exec "$@"'

/**
 * What a process for images is told of the environment: all but the settings. What a decoder's fault lets in has no use
 * for passwords among them.
 */
export const imageEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...withoutSettings(environment),
  ...ENVIRONMENT
})

function start(maxBytes: number): ChildProcess {
  const limit = maxBytes + OWN_BYTES
  const command = [
    process.execPath,
    `--max-old-space-size=${HEAP_MEGABYTES}`,
    `--max-semi-space-size=${SEMI_SPACE_MEGABYTES}`,
    '--expose-gc',
    INLINE_LITTLE,
    entryFile('image-process.js'),
    String(limit)
  ]
  const options = {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    env: imageEnvironment(process.env)
  } as const
  if (process.platform !== 'linux')
    return spawn(command[0]!, command.slice(1), { ...options, stdio: [...options.stdio] })
  return spawn('/bin/sh', ['-c', LIMITED, 'sh', String(Math.ceil((limit + setAside()) / 1024)), ...command], {
    ...options,
    stdio: [...options.stdio]
  })
}

/**
 * Has a process convert an image.
 * @throws Error when it fails, which kills it; ProcessEnded when it ended meanwhile
 */
const ask = (child: ChildProcess, job: ImageJob, signal: AbortSignal): Promise<Outcome<ConversionResult>> =>
  new Promise((resolve, reject) => {
    const over = (): void => {
      child.off('message', answered).off('exit', died).off('error', failed)
      signal.removeEventListener('abort', kill)
    }
    const answered = (outcome: unknown): void => {
      over()
      resolve(outcome as Outcome<ConversionResult>)
    }
    const failed = (error: Error): void => {
      over()
      child.kill('SIGKILL')
      reject(error)
    }
    const died = (code: number | null, by: NodeJS.Signals | null): void =>
      failed(new ProcessEnded(`the process for images ended (${by ?? code})`))
    const kill = (): void => {
      child.kill('SIGKILL')
    }
    child.on('message', answered).on('exit', died).on('error', failed)
    signal.addEventListener('abort', kill, { once: true })
    child.send(job, error => {
      if (error !== null) failed(error)
    })
  })

class ProcessEnded extends Error {}

/** Resident memory of a process, 0 where the system does not tell. Bytes. */
async function bytesOf({ pid }: ChildProcess): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '0 0')
  return Number(statm.split(' ')[1]) * PAGE_BYTES
}

/** @param maxBytes memory that one image may take */
export function createImageProcesses(maxBytes: number): ImageProcesses {
  const all = new Set<ChildProcess>()
  const idle = new Map<ChildProcess, NodeJS.Timeout>()
  let ended = 0

  function begin(): ChildProcess {
    const child = start(maxBytes)
    all.add(child)
    const gone = (): void => {
      all.delete(child)
      clearTimeout(idle.get(child))
      idle.delete(child)
    }
    child.on('exit', gone).on('error', gone)
    return child
  }

  /** The process that was used last, so that the others become old enough to end. */
  function free(): ChildProcess {
    const child = [...idle.keys()].at(-1)
    if (child === undefined) return begin()
    clearTimeout(idle.get(child))
    idle.delete(child)
    return child
  }

  function rest(child: ChildProcess): void {
    const isOnly = idle.size === (idle.has(child) ? 1 : 0)
    const over = (): void => {
      // The other one may have been taken, or have ended. This one ends a moment later, and gets no image by then.
      if (!isOnly && idle.size === 1) return rest(child)
      idle.delete(child)
      child.kill('SIGKILL')
    }
    idle.set(child, setTimeout(over, isOnly ? IDLE_MILLISECONDS : SECOND_IDLE_MILLISECONDS))
  }

  return {
    async convert(job, signal) {
      signal.throwIfAborted()
      const child = free()
      try {
        const outcome = await ask(child, job, signal)
        rest(child)
        return outcome
      } catch (error) {
        if (error instanceof ProcessEnded && (isTimeOver(signal) || !signal.aborted)) ended++
        throw error
      }
    },
    async figures() {
      const bytes = await Promise.all([...all].map(bytesOf))
      return { processes: all.size, bytes: bytes.reduce((sum, one) => sum + one, 0), ended }
    },
    close() {
      for (const child of all) child.kill('SIGKILL')
      for (const timer of idle.values()) clearTimeout(timer)
    }
  }
}
