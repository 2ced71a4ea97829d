import { rmSync, symlinkSync } from 'node:fs'
import { compile, prepareRules } from '../packaging/compile.mjs'

// Writes src, test and bench to .build/ as they are run by tests.

await compile({ folders: ['src', 'test', 'bench'], outbase: '.', outdir: '.build' })
for (const name of ['rules', 'package.json']) {
  rmSync(`.build/${name}`, { recursive: true, force: true })
  symlinkSync(`../${name}`, `.build/${name}`)
}
prepareRules('.build/src')
