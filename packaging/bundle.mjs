import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { licencesOf } from '../licenses/texts.mjs'

// The program as it runs: its files and those of its libraries in a few. Of a start from one file each, which Node has
// to find, read and link, half of the processor's time went there (2.0 s of it, and 1.0 s from few files, on two busy
// cores with Node 20.20).

/** Files that are started by their names. */
const STARTED = ['main', 'commands/prepare-rules', 'workers/page-worker', 'workers/image-process']

/** They load programs of the machine, or files of their own by name. */
const SEPARATE = ['sharp', 'lmdb', 'piscina', 'pino']

/** An error tells its line. */
const LINE_CHARACTERS = 120

/** Libraries that are CommonJS ask for modules of Node by `require`, which modules of ES do not have. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url)"

/** A file that looks for others beside it finds them from where it would be if it stood alone. */
const placesKept = {
  name: 'places kept',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const own = JSON.stringify(`./${relative('src', path).replace(/\.ts$/, '.js')}`)
      const contents = readFileSync(path, 'utf8').replaceAll('import.meta.url', `new URL(${own}, import.meta.url).href`)
      return { contents, loader: 'ts' }
    })
  }
}

/** The folders of the packages that files come from: node_modules/NAME, or deeper where there are two versions. */
const packagesOf = files => [
  ...new Set(files.flatMap(file => /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))
]

/** Files that a library has put into its own, as the maps say that were written with it. */
const sourcesOf = outputs =>
  outputs.filter(file => file.endsWith('.map')).flatMap(file => JSON.parse(readFileSync(file, 'utf8')).sources)

/**
 * Writes the letters beyond Latin-1 that esbuild leaves, in patterns and comments, as escapes: a single one makes V8
 * take two bytes for each character of a file, in each of the threads.
 */
function escapeLetters(file) {
  const text = readFileSync(file, 'utf8')
  const escaped = text.replace(/(\\*)([^\0-\xFF])/g, (_, before, unit) => {
    // A letter that has been escaped already, as some do in patterns, keeps one backslash.
    const kept = before.slice(before.length % 2)
    return `${kept}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  if (escaped !== text) writeFileSync(file, escaped)
}

/** Writes the program to a folder, and the licences of what came into it from others. */
export async function bundle(outdir) {
  rmSync(outdir, { recursive: true, force: true })
  const options = { outdir, outbase: 'src', platform: 'node', target: 'node20', sourcemap: true }
  const { metafile } = await build({
    ...options,
    entryPoints: STARTED.map(name => `src/${name}.ts`),
    bundle: true,
    // Each thread keeps the text of what it runs. Names stay, for those who read where an error came from.
    minifyWhitespace: true,
    lineLimit: LINE_CHARACTERS,
    splitting: true,
    format: 'esm',
    external: SEPARATE,
    banner: { js: REQUIRE },
    plugins: [placesKept],
    // All of them stand in a file of their own.
    legalComments: 'none',
    metafile: true
  })
  for (const file of Object.keys(metafile.outputs)) if (file.endsWith('.js')) escapeLetters(file)
  await build({ ...options, entryPoints: ['src/**/*.cts'], format: 'cjs', outExtension: { '.js': '.cjs' } })
  const files = [...Object.keys(metafile.inputs), ...sourcesOf(Object.keys(metafile.outputs))]
  const packages = packagesOf(files).filter(existsSync).sort()
  writeFileSync(join(outdir, 'THIRD-PARTY-LICENSES'), licencesOf(packages))
}
