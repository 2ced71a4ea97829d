import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'

/**
 * Writes folders of TypeScript to a folder of JavaScript, file by file and without a look at their types, which takes
 * fifteen times as long and 400 MB (`npm run lint` looks at them).
 */
export async function compile({ folders, outbase, outdir }) {
  for (const folder of folders) rmSync(join(outdir, relative(outbase, folder)), { recursive: true, force: true })
  const options = { outdir, outbase, platform: 'node', target: 'node20', sourcemap: true }
  await build({ ...options, entryPoints: folders.map(folder => `${folder}/**/*.ts`), format: 'esm' })
  const commonJs = { format: 'cjs', outExtension: { '.js': '.cjs' } }
  await build({ ...options, ...commonJs, entryPoints: ['src/**/*.cts'] })
}

/** Checks the rules and keeps what they say; the program is in this folder. */
export const prepareRules = program =>
  execFileSync(process.execPath, [join(program, 'commands', 'prepare-rules.js')], { stdio: 'inherit' })
