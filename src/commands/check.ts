import { loadFallbacks } from '../workers/load-fallbacks.js'
import { loadClientRules } from '../clients/rules.js'
import { loadBlockList } from '../guard/blocked.js'
import { loadStopWords } from '../news/editions.js'
import { editionsFor } from '../news/open-news.js'
import { readAuthorities } from '../origin/connect/authorities.js'
import { loadPortalRules } from '../portal/portal-rules.js'
import { loadBackEnds } from '../search/back-ends.js'
import { loadEngines } from '../search/engines.js'
import { loadWalls } from '../workers/load-walls.js'
import { loadSites } from '../sites/load-sites.js'
import { loadPageLines, loadShareWords } from '../workers/load-words.js'
import { rulesFolderOf } from '../rules/rules-in-use.js'
import { unreadFiles } from '../config/layers/unread-files.js'
import type { Asked } from './command.js'
import { configOf } from './settings/settings-of.js'

/** retrograde check: whether rules and settings are right, without starting, and whether every line is reached. */
export async function check(asked: Asked): Promise<number> {
  const config = configOf(asked)
  const folder = rulesFolderOf(config)
  const rules = loadClientRules(folder)
  if (config.profile !== '' && !rules.profiles.has(config.profile))
    throw new Error(`profile: ${config.profile} is not allowed; it takes ${[...rules.profiles.keys()].join(', ')}`)
  const { clientProblems } = await import('../clients/check-clients.js')
  const problems = clientProblems(rules.clients)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const fallbacks = loadFallbacks(folder)
  const { setup, bookmarks } = loadPortalRules(folder)
  const backEnds = loadBackEnds(folder)
  const engines = loadEngines(folder)
  const walls = loadWalls(folder)
  const blocked = loadBlockList(folder, { more: config.blocked, trackers: config.blockTrackers === 'on' })
  const { editions } = editionsFor(config, folder)
  loadStopWords(folder)
  loadPageLines(folder)
  loadShareWords(folder)
  const sites = loadSites(folder, { more: config.sites, untouched: config.untouched })
  readAuthorities(config.extraCa)
  for (const note of unreadFiles(folder)) process.stderr.write(`retrograde: ${note}\n`)
  const right = [
    `${rules.profiles.size} profiles`,
    `${rules.displays.size} displays`,
    `${rules.clients.length} clients`,
    `${fallbacks.size} fallbacks`,
    `${backEnds.length} search back ends`,
    `${engines.length} search engines`,
    `${walls.length} walls`,
    `${editions.size} editions of news`,
    `${setup.length} set-up pages`,
    `${bookmarks.length} bookmarks`,
    `${blocked.size} blocked hosts`,
    `rules of ${sites.size} sites`
  ]
  process.stdout.write(`${right.join(', ')}, and the settings are right.\n`)
  return 0
}
