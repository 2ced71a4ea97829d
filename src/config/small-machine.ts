import { totalmem } from 'node:os'
import type { SettingValues } from './settings.js'

const MIB = 1024 * 1024
/** What a Raspberry Pi 3 has; a part of it is the graphics'. Bytes. */
const SMALL_MACHINE_BYTES = 1024 * MIB

/** What a machine of 512 MB can spare beside other things: defaults in the place of those for larger ones. */
export const SMALL_DEFAULTS: Partial<SettingValues> = {
  conversions: 1,
  readyThreads: 0,
  maxVisits: 50,
  maxVisitsPerClient: 30,
  maxConnections: 200,
  maxConnectionsPerClient: 60,
  maxPageBytes: 2 * MIB,
  maxImageBytes: 12 * MIB,
  maxImagePixels: 25_000_000,
  maxThreadMemoryBytes: 96 * MIB,
  maxImageMemoryBytes: 128 * MIB,
  maxImageCacheBytes: 8 * MIB,
  imagesAhead: 2,
  maxSheetCacheBytes: 2 * MIB,
  maxPageCacheBytes: 2 * MIB,
  maxBodiesBytes: 48 * MIB,
  maxInlineBytes: 8 * MIB,
  maxPartBytes: 4 * MIB,
  maxCookieBytes: 8 * MIB,
  maxStoreBytes: 64 * MIB
}

/** Whether this machine, or the container that this runs in, has as much memory as a small one. */
export const isSmallMachine = (): boolean =>
  Math.min(totalmem(), process.constrainedMemory() || Infinity) <= SMALL_MACHINE_BYTES
