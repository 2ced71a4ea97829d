import { resolveSettings, type Config, type ResolvedConfig } from '../../config/config.js'
import { isSmallMachine } from '../../config/small-machine.js'
import type { Asked } from '../command.js'
import { findConfigFile } from './find-config-file.js'

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

/** Those in force alone; what was said and means nothing is told. */
export function configOf(asked: Asked): Config {
  const { config, notes } = settingsOf(asked)
  for (const note of notes) process.stderr.write(`retrograde: ${note}\n`)
  return config
}
