import type { Config } from '../config.js'
import { SETTING_NAMES } from '../setting-names.js'

/** THE LIST of settings that count as soon as they are read again; all others belong to what is made once, at the start. */
const CHANGEABLE: ReadonlyArray<keyof Config> = [
  ...(['allowClients', 'denyClients', 'gatewayClients', 'users', 'metricsFrom'] as const),
  ...(['ownNames', 'allowHosts', 'allowPorts', 'readTimeoutSeconds'] as const),
  ...([
    'own',
    'rules',
    'sites',
    'untouched',
    'blocked',
    'blockTrackers',
    'newsFeeds',
    'newsEdition',
    'answerFor',
    'searchEngines'
  ] as const),
  ...(['profile', 'images', 'originalSource', 'feedLinks', 'archiveLink', 'figures', 'maxElements'] as const),
  ...(['maxSheets', 'sheetTimeoutMilliseconds', 'maxProbes', 'probeTimeoutMilliseconds'] as const),
  ...(['maxImagePixels', 'maxImageSide', 'maxImageFrames'] as const),
  ...(['maxThreadMemoryBytes', 'maxImageMemoryBytes'] as const),
  ...([
    'conversions',
    'readyThreads',
    'conversionTimeoutSeconds',
    'maxWaitingConversions',
    'conversionWaitSeconds'
  ] as const)
]

/** Settings that were read again. */
export interface ChangedSettings {
  /** Those that count from now on: the new ones where they can change, else the old ones */
  readonly config: Config
  /** Names of those that count now and did not */
  readonly changed: readonly string[]
  /** Names of those that count from the next start on */
  readonly waiting: readonly string[]
}

/** What of new settings can be taken over while the program runs. */
export function changedSettings(old: Config, read: Config): ChangedSettings {
  const different = SETTING_NAMES.filter(name => JSON.stringify(old[name]) !== JSON.stringify(read[name]))
  const changed = different.filter(name => CHANGEABLE.includes(name))
  const values = Object.fromEntries(changed.map(name => [name, read[name]]))
  return {
    config: Object.freeze({ ...old, ...values }),
    changed,
    waiting: different.filter(name => !CHANGEABLE.includes(name))
  }
}
