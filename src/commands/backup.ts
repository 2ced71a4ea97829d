import { resolve } from 'node:path'
import { ConfigError } from '../config/config.js'
import { backupStore, restoreStore } from '../store/backup.js'
import type { Asked, RunCommand } from './command.js'
import { configOf } from './settings/settings-of.js'

/** The folder of what is remembered. @throws ConfigError when nothing is. */
function dataFolderOf(asked: Asked): string {
  const { dataDir } = configOf(asked)
  if (dataDir === '') throw new ConfigError('nothing is remembered here: --data-dir names the folder')
  return resolve(dataDir)
}

/** retrograde backup FILE: while the proxy runs, or not. */
export const backup: RunCommand = async asked => {
  const [file = ''] = asked.words
  const entries = await backupStore(dataFolderOf(asked), resolve(file))
  process.stdout.write(`${resolve(file)}: ${entries} entries are in it. Cookies are among them: keep it to yourself.\n`)
  return 0
}

/** retrograde restore FILE: what is remembered becomes what the backup has. */
export const restore: RunCommand = async asked => {
  const [file = ''] = asked.words
  const folder = dataFolderOf(asked)
  const entries = await restoreStore(folder, resolve(file))
  process.stdout.write(`${folder}: ${entries} entries are there again.\n`)
  return 0
}
