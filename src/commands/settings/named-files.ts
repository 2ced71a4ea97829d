import { accessSync, constants } from 'node:fs'
import { ConfigError, type ResolvedConfig } from '../../config/config.js'
import { reasonOf } from '../../system-error.js'

/** THE LIST of settings that name a file which is read. */
const FILES = ['blocked', 'extraCa', 'newsFeeds', 'sharedStorePasswordFile'] as const

/**
 * Looks whether the files that settings name can be read.
 * @throws ConfigError naming the setting, where it was said, and the file.
 */
export function checkNamedFiles({ config, places }: ResolvedConfig): void {
  for (const name of FILES) {
    const file = config[name]
    if (file === '') continue
    try {
      accessSync(file, constants.R_OK)
    } catch (error) {
      throw new ConfigError(`${places.get(name) ?? name}: ${file}: ${reasonOf(error)}`)
    }
  }
}
