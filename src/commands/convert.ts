import { readFileSync } from 'node:fs'
import { loadClientRules } from '../clients/rules.js'
import type { Config } from '../config/config.js'
import { createHostGuard } from '../guard/hosts.js'
import { createLookUps } from '../guard/look-ups.js'
import { createLoops } from '../guard/loops.js'
import { readAuthorities } from '../origin/connect/authorities.js'
import { fetchBytes } from '../origin/fetchers/fetch-bytes.js'
import { openDoor } from '../origin/open-door.js'
import { createSecureHosts } from '../origin/secure-hosts.js'
import { loadPageKnowledge } from '../workers/load-page-knowledge.js'
import { createPageConverter, type PageJob } from '../page/convert.js'
import { loadSites } from '../sites/load-sites.js'
import type { SiteRule } from '../page/site-rule.js'
import { openMemory } from '../store/memory.js'
import { rulesFolderOf } from '../rules/rules-in-use.js'
import type { Asked } from './command.js'
import { createExplainer } from './explain/explain-steps.js'
import { configOf } from './settings/settings-of.js'

interface Source {
  readonly bytes: Buffer
  readonly contentType: string
  readonly url: string
}

/** The page that stands at an address, as the rule of its site asks for it. */
async function fetchSource(url: URL, site: SiteRule | undefined, config: Config): Promise<Source> {
  const door = openDoor({
    ...config,
    lookUps: createLookUps(),
    loops: createLoops(false),
    guard: createHostGuard({ allowHosts: config.allowHosts, allowPorts: config.allowPorts }),
    authorities: readAuthorities(config.extraCa),
    secureHosts: createSecureHosts(openMemory())
  })
  const seconds = config.readTimeoutSeconds
  try {
    const {
      bytes,
      contentType,
      url: fetched
    } = await fetchBytes(door, url, {
      fields: {
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        ...(site?.userAgent === undefined ? {} : { 'user-agent': site.userAgent })
      },
      maxBytes: config.maxPageBytes,
      timeoutSeconds: seconds,
      signal: AbortSignal.timeout(seconds * 1000),
      maxRedirects: config.maxRedirects
    })
    return { bytes, contentType, url: fetched.href }
  } finally {
    await door.destroy()
  }
}

/** A file has the address that --url says, and so the rule of that site. */
function addressOf(source: string, given: unknown): URL {
  const address = typeof given === 'string' ? given : isAddress(source) ? source : 'http://file.invalid/'
  if (!URL.canParse(address)) throw new Error(`${address} is no address`)
  return new URL(address)
}

const isAddress = (source: string): boolean => /^https?:\/\//.test(source)

/**
 * retrograde convert FILE|URL: the page as a browser of the profile would get it; --explain: what each step changed.
 */
export async function convert(asked: Asked): Promise<number> {
  const { reader, explain, url: counted } = asked.flags
  const [source = ''] = asked.words
  const config = configOf(asked)
  const folder = rulesFolderOf(config)
  const rules = loadClientRules(folder)
  const profile = config.profile === '' ? rules.fallback.profile : rules.profiles.get(config.profile)
  if (profile === undefined)
    throw new Error(`there is no profile ${config.profile}; there are ${[...rules.profiles.keys()].join(', ')}`)
  const sites = loadSites(folder, { more: config.sites, untouched: config.untouched })
  const wanted = addressOf(source, counted)
  const address = sites.alternateSite(wanted) ?? wanted
  const site = sites.find(address)
  if (site !== undefined && explain === true) {
    const way = address === wanted ? '' : `, which leads to ${address.href}`
    process.stderr.write(`\nrule of ${site.site}${site.path ?? ''}${way}: ${site.why ?? 'no reason is said'}\n`)
  }
  const { bytes, contentType, url } = isAddress(source)
    ? await fetchSource(address, site, config)
    : { bytes: readFileSync(source), contentType: 'text/html', url: address.href }
  const job: PageJob = {
    bytes,
    contentType,
    url,
    profile,
    display: rules.fallback.display,
    choices: config,
    portal: `http://${config.name}`,
    gateway: '',
    originBytes: bytes.length,
    maxElements: config.maxElements,
    view: reader === true ? 'reader' : site?.readerFirst === true ? 'article' : 'page',
    ...(site === undefined ? {} : { site })
  }
  const result = createPageConverter(loadPageKnowledge(folder))(
    job,
    explain === true ? createExplainer(text => process.stderr.write(text)) : undefined
  )
  for (const failure of result.failures) process.stderr.write(`\nfailed: ${failure}\n`)
  if (result.redirect !== undefined) process.stderr.write(`\nredirect: ${result.redirect}\n`)
  process.stdout.write(result.body)
  return 0
}
