import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import fc from 'fast-check'
import { GOLDEN, goldenFiles } from '../helpers/golden.js'

// Real files to begin with: those of the tests, and all of the folder FUZZ_SEEDS, such as a crawl of one's own.

/** A larger file is used as far as this. Bytes. */
const MOST_BYTES = 300_000
/** Of a file, in one value: enough for a table and what is around it. Characters. */
const MOST_PIECE = 4000

const { FUZZ_SEEDS } = process.env
const given: readonly string[] =
  FUZZ_SEEDS === undefined
    ? []
    : readdirSync(FUZZ_SEEDS, { recursive: true, encoding: 'utf8' })
        .sort()
        .map(name => join(FUZZ_SEEDS, name))
        .filter(path => statSync(path).isFile())

const read = (path: string): Buffer => readFileSync(path).subarray(0, MOST_BYTES)
const named = (pattern: RegExp): Buffer[] => given.filter(path => pattern.test(extname(path))).map(read)

/** Documents of all kinds that the proxy reads. */
export const documentSeeds: readonly Buffer[] = [
  ...goldenFiles('pages').map(name => read(join(GOLDEN, 'pages', name, 'source.html'))),
  ...named(/^\.(x?html?|xml|json|txt|md)$/i)
]

/** Images, of FUZZ_SEEDS alone: tests draw their own. */
export const imageSeeds: readonly Buffer[] = named(/^\.(jpe?g|png|gif|webp|avif|bmp|ico|tiff?|svg)$/i)

/**
 * Pieces of documents, one after another, with something put in and something left out: what a hand in an editor does.
 */
export function spoiledText(put: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const texts = documentSeeds.map(bytes => bytes.toString('utf8'))
  const piece = fc
    .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat({ max: MOST_PIECE }))
    .map(([text, start, length]) => text.slice(start % text.length, (start % text.length) + length))
  const cut = fc.tuple(fc.nat(), fc.nat({ max: 40 }), fc.option(put))
  return fc
    .tuple(fc.array(piece, { minLength: 1, maxLength: 3 }), fc.array(cut, { maxLength: 6 }))
    .map(([pieces, cuts]) => {
      let text = pieces.join('')
      for (const [place, length, put] of cuts) {
        const at = place % (text.length + 1)
        text = `${text.slice(0, at)}${put ?? ''}${text.slice(at + length)}`
      }
      return text
    })
}

/** Bytes out of the middle of documents. */
export const spoiledBytes: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom(...documentSeeds),
    fc.nat(),
    fc.nat({ max: MOST_PIECE }),
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 })
  )
  .map(([seed, start, length, changes]) => {
    const bytes = Buffer.from(seed.subarray(start % seed.length, (start % seed.length) + length))
    for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value
    return bytes
  })
