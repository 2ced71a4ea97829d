import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The name of a file of settings. */
export const CONFIG_FILE = 'retrograde.yaml'

/** THE LIST of places where a file of settings is looked for when none is named; the first that is there counts. */
const placesOf = ({ XDG_CONFIG_HOME, HOME }: NodeJS.ProcessEnv): string[] => [
  CONFIG_FILE,
  ...(XDG_CONFIG_HOME ? [join(XDG_CONFIG_HOME, 'retrograde', CONFIG_FILE)] : []),
  ...(HOME ? [join(HOME, '.config', 'retrograde', CONFIG_FILE)] : []),
  join('/etc/retrograde', CONFIG_FILE)
]

/** The same as documents name them. */
export const CONFIG_PLACES = placesOf({ HOME: '~' })

export const findConfigFile = (environment: NodeJS.ProcessEnv): string | undefined =>
  placesOf(environment).find(file => existsSync(file))
