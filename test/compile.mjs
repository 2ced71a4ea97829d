import { execFileSync } from 'node:child_process'
import { rmSync, symlinkSync } from 'node:fs'
import { build } from 'esbuild'

// Writes src, test and bench to .build/ as they are run by tests: file by file, and without a look at their types, which
// take fifteen times as long (`npm run lint` looks at them).

const folders = ['src', 'test', 'bench']
const options = { outdir: '.build', outbase: '.', platform: 'node', target: 'node20', sourcemap: true }

for (const name of [...folders, 'rules', 'package.json']) rmSync(`.build/${name}`, { recursive: true, force: true })
await build({ ...options, entryPoints: folders.map(name => `${name}/**/*.ts`), format: 'esm' })
const commonJs = { format: 'cjs', outExtension: { '.js': '.cjs' } }
await build({ ...options, ...commonJs, entryPoints: ['src/**/*.cts'] })
for (const name of ['rules', 'package.json']) symlinkSync(`../${name}`, `.build/${name}`)
execFileSync(process.execPath, ['.build/src/commands/prepare-rules.js'], { stdio: 'inherit' })
