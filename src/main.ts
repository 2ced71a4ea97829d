#!/usr/bin/env node
import { runProgram } from './commands/program.js'

// Who reads may have had enough (`| head`): what is said then is said to nobody, and a proxy goes on.
process.stdout.on('error', () => {})
process.exitCode = await runProgram(process.argv.slice(2))
