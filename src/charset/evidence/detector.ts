import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** What chardetng, a library in Rust, offers once it is in memory; addresses are places in that memory. */
interface Library {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly __wbindgen_malloc: (bytes: number) => number
  readonly __wbindgen_add_to_stack_pointer: (bytes: number) => number
  readonly encodingdetector_new: () => number
  /** Takes the detector, the place of the bytes, how many they are, and 1 where the text ends with them. */
  readonly encodingdetector_feed: (...values: readonly number[]) => void
  /** Takes the place of the result, the detector, place and length of the domain, and 0 where UTF-8 is ruled out. */
  readonly encodingdetector_guess: (...values: readonly number[]) => void
}

/** The types of Node leave it out. */
declare const WebAssembly: {
  readonly Module: new (bytes: Buffer) => object
  readonly Instance: new (program: object, imports: object) => { readonly exports: unknown }
}

const { resolve } = createRequire(import.meta.url)

/**
 * Loads the library anew, half a millisecond: a page without a charset is rare, and nothing is left of what it was given.
 * Its own glue is not used, since Node 20 imports no WebAssembly.
 */
function load(): Library {
  const program = new WebAssembly.Module(readFileSync(resolve('chardetng-wasm/dist/chardetng_wasm_bg.wasm')))
  const fail = (): never => {
    throw new Error('chardetng has given up')
  }
  const imports = { './chardetng_wasm_bg.js': { __wbindgen_throw: fail } }
  return new WebAssembly.Instance(program, imports).exports as Library
}

/** What is looked at, and what is known of it. */
interface Evidence {
  readonly bytes: Buffer
  /** Whether they end where the text ends, and not within a character of it */
  readonly isWhole: boolean
  /** The last label of a host in lower case, for texts that could be in several encodings */
  readonly domain: string
}

/**
 * The encoding that bytes are most probably in, by its name in the Encoding Standard, and never UTF-8: Firefox's own
 * chardetng, which leaves out what bytes cannot be and compares pairs of letters with those of languages.
 */
export function detectEncoding({ bytes, isWhole, domain }: Evidence): string {
  const library = load()
  const give = (given: Buffer): number => {
    const at = library.__wbindgen_malloc(given.length)
    new Uint8Array(library.memory.buffer).set(given, at)
    return at
  }
  const detector = library.encodingdetector_new()
  library.encodingdetector_feed(detector, give(bytes), bytes.length, Number(isWhole))
  // The result is a pair of numbers of four bytes each: where its name stands, and how long it is.
  const result = library.__wbindgen_add_to_stack_pointer(-16)
  library.encodingdetector_guess(result, detector, give(Buffer.from(domain)), domain.length, 0)
  const [at = 0, length = 0] = new Uint32Array(library.memory.buffer, result, 2)
  return Buffer.from(library.memory.buffer, at, length).toString('latin1')
}
