import { loadClientRules } from '../clients/rules.js'
import { ConfigError, type Config } from '../config/config.js'
import { checkOwnAddresses } from '../doctor/check-addresses.js'
import { checkAuthorities, checkStore } from '../doctor/check-files.js'
import { checkClock, checkNames, checkSite } from '../doctor/check-network.js'
import { checkClients } from '../doctor/check-clients.js'
import { checkImages } from '../doctor/check-images.js'
import { checkPort } from '../doctor/check-port.js'
import { checkSharedStore } from '../doctor/check-shared-store.js'
import { find, type Finding } from '../doctor/finding.js'
import { hasFonts } from '../image/decode/has-fonts.js'
import type { ImageOptions } from '../image/options.js'
import { imageLimitsOf, imageOptionsFor } from '../request/options-for.js'
import { readAllRules, rulesFolderOf } from '../rules/rules-in-use.js'
import type { Asked } from './command.js'
import { configOf } from './settings/settings-of.js'

/** A site that is there for examples (RFC 2606), and speaks TLS. */
const SITE = 'https://example.com/'

async function checkFonts(): Promise<string> {
  if (await hasFonts()) return 'letters in SVG images are drawn'
  throw new Error('letters in SVG images are not drawn: install a font (fonts-dejavu-core and fontconfig on Debian)')
}

function checkRules(config: Config): string {
  const { clients } = readAllRules(config)
  return `${clients.clients.length} clients, ${clients.profiles.size} profiles`
}

/** Those for a client that no rule knows. */
function imageOptionsOf(config: Config): ImageOptions {
  const { fallback } = loadClientRules(rulesFolderOf(config))
  return imageOptionsFor({ ...fallback, why: 'no rule knows it' }, imageLimitsOf(config), {})
}

/** THE LIST of checks, in the order of the report. */
async function findings(config: Config, site: URL): Promise<Finding[]> {
  let date: string | undefined
  return [
    await find('rules', () => checkRules(config)),
    await find('port', () => checkPort(config.port, config.host)),
    await find('addresses', checkOwnAddresses),
    await find('clients', () => checkClients(config)),
    await find('names', () => checkNames(site, config)),
    await find('authorities', () => checkAuthorities(config.extraCa)),
    await find('secure site', async () => {
      const found = await checkSite(site, config)
      date = found.date
      return found.says
    }),
    await find('clock', () => checkClock(date, Date.now())),
    await find('images', () => checkImages(imageOptionsOf(config), config.maxImageMemoryBytes)),
    await find('fonts', checkFonts),
    config.sharedStore === ''
      ? await find('store', () => checkStore(config.dataDir))
      : await find('shared store', () => checkSharedStore(config))
  ]
}

/**
 * retrograde doctor [--site https://host/]: what keeps the proxy from working here, and what to do about it; 1 if
 * anything does.
 */
export async function doctor(asked: Asked): Promise<number> {
  const { site = SITE } = asked.flags
  if (typeof site !== 'string' || !URL.canParse(site))
    throw new ConfigError('--site takes an address such as https://example.com/')
  const found = await findings(configOf(asked), new URL(site))
  for (const { name, ok, says } of found) process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(12)} ${says}\n`)
  return found.every(({ ok }) => ok) ? 0 : 1
}
