import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'

// npm run fuzz -- [--seconds 3600] [--seeds FOLDER] [--seed N --path P] [TARGET...]: the property tests of
// test/fuzz-*.test.ts for so long each; FOLDER has documents and images to begin with, beside those of the tests.

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seconds: { type: 'string', default: process.env.FUZZ_SECONDS ?? '3600' }, seeds: { type: 'string' }, seed: { type: 'string' }, path: { type: 'string' } } })
const targets = positionals.length > 0 ? positionals : readdirSync('test').flatMap(name => /^fuzz-(\w+)\.test\.ts$/.exec(name)?.[1] ?? [])
const environment = { ...process.env, FUZZ_SECONDS: values.seconds, FUZZ_SEED: values.seed ?? String(Date.now() % 2 ** 31), ...(values.seeds === undefined ? {} : { FUZZ_SEEDS: values.seeds }), ...(values.path === undefined ? {} : { FUZZ_PATH: values.path }) }
const child = spawn('npx', ['tap', '--disable-coverage', '--timeout', String(Number(values.seconds) + 600), ...targets.map(target => `test/fuzz-${target}.test.ts`)], { stdio: 'inherit', env: environment })
child.once('exit', code => { process.exitCode = code ?? 1 })
