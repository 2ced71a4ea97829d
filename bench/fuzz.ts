import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'

// npm run fuzz -- [--seconds 3600] [--seeds FOLDER] [--seed N --path P] [TARGET...]: the property tests of test/fuzz
// for so long each; FOLDER has documents and images to begin with, beside those of the tests.

const options = {
  seconds: { type: 'string', default: process.env.FUZZ_SECONDS ?? '3600' },
  seeds: { type: 'string' },
  seed: { type: 'string' },
  path: { type: 'string' }
} as const
const { values, positionals } = parseArgs({ allowPositionals: true, options })
const folder = 'fuzz'
const all = (): string[] =>
  readdirSync(`.build/test/${folder}`).flatMap(name => /^([\w-]+)\.test\.js$/.exec(name)?.[1] ?? [])
const targets = positionals.length > 0 ? positionals : all()
const environment = {
  ...process.env,
  FUZZ_SECONDS: values.seconds,
  // What is found takes some minutes to make smaller.
  TEST_FILE_SECONDS: String(Number(values.seconds) + 600),
  FUZZ_SEED: values.seed ?? String(Date.now() % 2 ** 31),
  ...(values.seeds === undefined ? {} : { FUZZ_SEEDS: values.seeds }),
  ...(values.path === undefined ? {} : { FUZZ_PATH: values.path })
}
const files = targets.map(target => `${folder}/${target}.test.js`)
const child = spawn(process.execPath, ['.build/test/runner/run.js', ...files], { stdio: 'inherit', env: environment })
child.once('exit', code => {
  process.exitCode = code ?? 1
})
