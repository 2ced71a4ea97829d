import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * A function that has V8 collect what is no longer in use. With its flag from the start a thread would begin without the
 * code that Node has compiled beforehand (thread-flags.ts); later, only contexts that are made afterwards have it.
 */
export function createCollector(): NodeJS.GCFunction {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as NodeJS.GCFunction
}
