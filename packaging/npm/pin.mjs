import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

// node packaging/npm/pin.mjs write|restore|refuse: while npm packs, package.json names every package that is needed to run
// in the version of package-lock.json, so that what was tested is what is installed: npm reads neither the lock file nor
// the overrides of a package that it installs. It would read an npm-shrinkwrap.json, but installs with it the native
// modules of all platforms, 350 MB in the place of 100. Those of one platform are named by their own packages, exactly.

const FILE = 'package.json'
const KEPT = '.build/unpinned-package.json'

const read = path => JSON.parse(readFileSync(path, 'utf8'))
/** Of a package that is there in two versions, the one that all get who do not ask for another. */
function versions(packages) {
  const found = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, entry]) => ({ ...entry, folders: path.split('node_modules/').slice(1) }))
    .sort((a, b) => b.folders.length - a.folders.length)
  const list = entries => Object.fromEntries(entries.map(({ folders, version }) => [folders.at(-1), version]))
  return {
    needed: list(found.filter(({ optional }) => optional !== true)),
    optional: list(found.filter(({ optional }) => optional === true))
  }
}

/** Without what is for its developers: npm start of a package that is installed compiles nothing. */
function pinned({ devDependencies, overrides, allowScripts, scripts, ...manifest }) {
  const { needed, optional } = versions(read('package-lock.json').packages)
  const held = Object.keys(overrides).filter(name => name in optional)
  return {
    ...manifest,
    scripts: { start: scripts.start },
    dependencies: needed,
    optionalDependencies: Object.fromEntries(held.map(name => [name, optional[name]]))
  }
}

const restore = () => existsSync(KEPT) && renameSync(KEPT, FILE)

const COMMANDS = {
  write() {
    restore() // it is still there if npm was stopped while it packed
    const text = readFileSync(FILE, 'utf8')
    mkdirSync('.build', { recursive: true })
    writeFileSync(KEPT, text)
    writeFileSync(FILE, `${JSON.stringify(pinned(JSON.parse(text)), null, 2)}\n`)
  },
  restore,
  refuse() {
    process.stderr.write('npm publish of the folder says nothing of versions: publish the file that npm pack makes.\n')
    process.exitCode = 1
  }
}

COMMANDS[process.argv[2]]()
