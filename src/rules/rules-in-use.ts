import { loadClientRules, OWN_RULES, type ClientRules } from '../clients/rules.js'
import type { Config } from '../config/config.js'
import { withOwn, type RulesFolder } from '../config/layers/rules-folder.js'
import { loadBlockList, type BlockList } from '../guard/blocked.js'
import { keepOwnConversions, type OwnPageConverter } from '../memory/own-conversions.js'
import type { NewsRules } from '../news/news.js'
import { newsRulesFor } from '../news/open-news.js'
import { loadPageKnowledge } from '../workers/load-page-knowledge.js'
import { createPageConverter } from '../page/convert.js'
import type { WallRules } from '../page/wall-rules.js'
import { loadPortalRules, type PortalRules } from '../portal/portal-rules.js'
import { loadBackEnds, type BackEnd } from '../search/back-ends.js'
import { loadEngines, type Engine } from '../search/engines.js'
import { loadSites } from '../sites/load-sites.js'
import type { Sites } from '../sites/match.js'
import { createWorkers, type Workers } from '../workers/pool.js'

/** All that is read from the folder of rules. */
export interface Rules {
  readonly clients: ClientRules
  readonly blocked: BlockList
  readonly portalPages: OwnPageConverter
  readonly walls: WallRules
  readonly sites: Sites
  readonly portalRules: PortalRules
  readonly backEnds: readonly BackEnd[]
  /** Search engines in whose place ours may answer */
  readonly engines: readonly Engine[]
  readonly news: NewsRules
}

/** All that is made of the rules; it is replaced as a whole when they are read again. */
export interface RulesInUse extends Rules {
  /** Threads read the rules when they start */
  readonly workers: Workers
}

/**
 * The folder of rules that the settings name, else our own, with a folder of one's own over it.
 * @throws Error when that is not there.
 */
export function rulesFolderOf({ rules, own }: Pick<Config, 'rules' | 'own'>): RulesFolder {
  return withOwn(rules === '' ? OWN_RULES : rules, own)
}

const workersFor = (config: Config, { clients }: Rules): Workers =>
  createWorkers({
    places: config.conversions,
    readyThreads: config.readyThreads,
    mostWaiting: config.maxWaitingConversions,
    timeoutSeconds: config.conversionTimeoutSeconds,
    waitSeconds: config.conversionWaitSeconds,
    maxThreadMemoryBytes: config.maxThreadMemoryBytes,
    maxImageMemoryBytes: config.maxImageMemoryBytes,
    rulesFolder: rulesFolderOf(config),
    firstClient: { profile: clients.fallback.profile, display: clients.fallback.display }
  })

/**
 * Reads and checks everything in the folder of rules.
 * @throws Error when something in it is wrong.
 */
export function readAllRules(config: Config): Rules {
  const folder = rulesFolderOf(config)
  const clients = loadClientRules(folder)
  if (config.profile !== '' && !clients.profiles.has(config.profile))
    throw new Error(`profile: ${config.profile} is not allowed; it takes ${[...clients.profiles.keys()].join(', ')}`)
  const blocked = loadBlockList(folder, { more: config.blocked, trackers: config.blockTrackers === 'on' })
  const knowledge = loadPageKnowledge(folder)
  const { walls } = knowledge
  const portalPages = keepOwnConversions(createPageConverter(knowledge))
  const others = {
    walls,
    sites: loadSites(folder, { more: config.sites, untouched: config.untouched }),
    portalRules: loadPortalRules(folder),
    backEnds: loadBackEnds(folder),
    engines: loadEngines(folder),
    news: newsRulesFor(config, folder)
  }
  return { clients, blocked, portalPages, ...others }
}

/**
 * Rules that have been read, and workers that convert by them.
 * @throws Error when something in them is wrong; nothing was started then.
 */
export function useRules(config: Config, rules = readAllRules(config)): RulesInUse {
  return { ...rules, workers: workersFor(config, rules) }
}
