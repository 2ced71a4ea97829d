import { fileURLToPath } from 'node:url'

/** The folder of the repository, from where the compiled tests run (.build/test/helpers). Ends with a slash. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** The program as the tests have compiled it: to be run as a process of its own. */
export const PROGRAM = fileURLToPath(new URL('../../src/main.js', import.meta.url))
