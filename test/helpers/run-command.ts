import { runProgram } from '../../src/commands/program.js'

export interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** What a command line writes, each byte as a letter, and how it ends. */
export async function runCommand(...args: readonly string[]): Promise<Ran> {
  const written = { stdout: '', stderr: '' }
  const real = { stdout: process.stdout.write, stderr: process.stderr.write }
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = (text: string | Buffer) => {
      written[name] += Buffer.from(text).toString('latin1')
      return true
    }
  try {
    const status = await runProgram(args)
    return { status, ...written }
  } finally {
    process.stdout.write = real.stdout
    process.stderr.write = real.stderr
  }
}
