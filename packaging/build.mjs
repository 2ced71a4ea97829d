import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle.mjs'
import { prepareRules } from './compile.mjs'

// Makes dist/, the program as it runs. With --if-changed only when something has changed since it was made.

/** What dist/ is made of. */
const SOURCES = ['src', 'rules', 'packaging', 'licenses', 'package-lock.json']
/** Written last. */
const LAST = join('dist', 'prepared-rules.json')

/** When a file, or the newest one in a folder, was changed. */
function changed(path) {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path).map(name => changed(join(path, name))))
}

const isFresh = () => existsSync(LAST) && Math.max(...SOURCES.map(changed)) < statSync(LAST).mtimeMs

if (!process.argv.includes('--if-changed') || !isFresh()) {
  console.log('Retrograde is being built, which takes some seconds.')
  await bundle('dist')
  prepareRules('dist')
}
