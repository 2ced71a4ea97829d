import { readFileSync } from 'node:fs'
import { RulesError } from '../config/read-rules.js'
import type { RulesFolder } from '../config/layers/rules-folder.js'
import { webAddress } from '../bytes/web-address.js'
import { readOpml, type OutlinedFeed } from '../page/read/readers/opml.js'
import { createEditionCheck, readEdition, SECTIONS, type Edition, type NewsFeed, type Section } from './editions.js'
import { reasonOf } from '../system-error.js'

/** Name of one's own edition in addresses. */
export const OWN_EDITION = 'my'

/** More feeds of a section are not asked: the schema says the same of files in YAML. */
const MOST_FEEDS = 30

/** Names of folders that mean a section, beside its own. */
const FOLDERS: Readonly<Record<string, Section>> = {
  international: 'world',
  national: 'nation',
  local: 'nation',
  economy: 'business',
  finance: 'business',
  money: 'business',
  tech: 'technology',
  computers: 'technology',
  it: 'technology',
  culture: 'entertainment',
  arts: 'entertainment',
  film: 'entertainment',
  music: 'entertainment',
  sport: 'sports',
  nature: 'science',
  medicine: 'health'
}

function sectionOf({ folders }: OutlinedFeed): Section | undefined {
  const names = folders.map(folder => folder.toLowerCase())
  return (
    SECTIONS.find(section => section !== 'top' && names.includes(section)) ??
    names.map(name => (Object.hasOwn(FOLDERS, name) ? FOLDERS[name] : undefined)).find(section => section !== undefined)
  )
}

/** All of an OPML file on the front page; those in folders that are called like a section in that too. */
function fromOutlines(outlined: readonly OutlinedFeed[]): Edition['sections'] {
  const sections: Partial<Record<Section, NewsFeed[]>> = {}
  for (const feed of outlined) {
    if (webAddress(feed.feed) === undefined) continue
    for (const section of new Set(['top' as const, sectionOf(feed) ?? 'top'])) {
      const feeds = (sections[section] ??= [])
      if (feeds.length < MOST_FEEDS) feeds.push({ name: feed.name, feed: feed.feed })
    }
  }
  return sections
}

/**
 * One's own edition, from a file like those of rules/feeds/ or from an OPML file.
 * @throws RulesError when the file is missing or neither.
 */
export function readOwnEdition(file: string, rulesFolder: RulesFolder): Edition {
  if (/\.ya?ml$/i.test(file))
    return { ...readEdition(file, OWN_EDITION, createEditionCheck(rulesFolder)), id: OWN_EDITION }
  let outlined: OutlinedFeed[]
  try {
    outlined = readOpml(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new RulesError(`${file}: ${reasonOf(error)}`)
  }
  const sections = fromOutlines(outlined)
  if (sections.top === undefined) throw new RulesError(`${file}: there is no feed in it`)
  return {
    id: OWN_EDITION,
    name: 'My',
    title: 'My own',
    language: 'en',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    sections,
    ofAnyAge: true
  }
}
