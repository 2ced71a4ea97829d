import { existsSync } from 'node:fs'
import { join } from 'node:path'

const NAME = 'retrograde.yaml'

/** THE LIST of places where a file of settings is looked for when none is named; the first that is there counts. */
const placesOf = ({ XDG_CONFIG_HOME, HOME }: NodeJS.ProcessEnv): string[] => [
  NAME,
  ...(XDG_CONFIG_HOME ? [join(XDG_CONFIG_HOME, 'retrograde', NAME)] : []),
  ...(HOME ? [join(HOME, '.config', 'retrograde', NAME)] : []),
  join('/etc/retrograde', NAME)
]

export const findConfigFile = (environment: NodeJS.ProcessEnv): string | undefined =>
  placesOf(environment).find(file => existsSync(file))
