import { resolveSettings, type Config, type ResolvedConfig } from '../../config/config.js'
import { isSmallMachine } from '../../config/small-machine.js'
import type { Asked } from '../command.js'
import { findConfigFile } from './find-config-file.js'
import { checkNamedFiles } from './named-files.js'

/**
 * The settings of a command: from its flags, the environment, and the file that is named or found.
 * @throws ConfigError naming the setting, the value and what is allowed.
 */
export const settingsOf = ({ flags }: Asked): ResolvedConfig =>
  resolveSettings({
    flags,
    environment: process.env,
    file: findConfigFile(process.env),
    isSmall: isSmallMachine()
  })

function toldOf(asked: Asked): ResolvedConfig {
  const resolved = settingsOf(asked)
  for (const note of resolved.notes) process.stderr.write(`retrograde: ${note}\n`)
  return resolved
}

/** Those in force alone; what was said and means nothing is told. */
export const configOf = (asked: Asked): Config => toldOf(asked).config

/**
 * The same for who begins to serve by them.
 * @throws ConfigError too where a file that is named cannot be read.
 */
export function configToServe(asked: Asked): Config {
  const resolved = toldOf(asked)
  checkNamedFiles(resolved)
  return resolved.config
}
