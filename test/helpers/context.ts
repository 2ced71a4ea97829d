import { createEncoder } from '../../src/charset/encoder.js'
import { loadPageKnowledge } from '../../src/workers/load-page-knowledge.js'
import { loadClientRules, OWN_RULES } from '../../src/clients/rules.js'
import type { Display, Profile } from '../../src/clients/profile.js'
import { createPageConverter, type PageJob } from '../../src/page/convert.js'
import type { AddressHints } from '../../src/page/addresses/address-hints.js'
import type { Page, PageChoices, PageContext } from '../../src/page/step.js'
import type { SiteRule } from '../../src/page/site-rule.js'

export const rules = loadClientRules()
export const knowledge = loadPageKnowledge(OWN_RULES)
export const { fallbacks, contentModel, readSheets, shareWords, pageLines, walls } = knowledge
export const convertPage = createPageConverter(knowledge)

export function profileOf(id: string): Profile {
  const profile = rules.profiles.get(id)
  if (profile === undefined) throw new Error(`there is no profile ${id}`)
  return profile
}

export function displayOf(id: string): Display {
  const display = rules.displays.get(id)
  if (display === undefined) throw new Error(`there is no display ${id}`)
  return display
}

/** What a test of pages may change, as plain data. */
export interface Changes {
  readonly profile?: string
  readonly display?: string
  readonly choices?: Partial<PageChoices>
  readonly gateway?: string
  readonly imageHints?: AddressHints
  /** Width and height of files that are known, by their addresses */
  readonly imageSizes?: Readonly<Record<string, readonly [number, number]>>
  readonly url?: string
  readonly charset?: string
  readonly originBytes?: number
  readonly site?: SiteRule
  readonly requests?: number
  readonly wallSigns?: PageContext['wallSigns']
  readonly refusal?: PageContext['refusal']
  /** Of the page, as the step before found it */
  readonly lack?: Page['lack']
  /** Of the page, as the step for titles left it */
  readonly title?: string
}

export const PAGE_URL = 'https://www.example.com/news/page.html'
export const PORTAL = 'http://retrograde'

/** A job for the converter as most tests need it. */
export function jobFor(bytes: Uint8Array, profile: Profile, changes: Partial<PageJob> = {}): PageJob {
  return {
    bytes,
    profile,
    contentType: 'text/html',
    url: PAGE_URL,
    display: displayOf('col256'),
    choices: { images: 'inline', originalSource: 'bottom', figures: 'on' },
    portal: PORTAL,
    gateway: '',
    originBytes: bytes.length,
    maxElements: 100_000,
    view: 'page',
    ...changes
  }
}

export const encoderOf = (charset: string, macSafe = false): ReturnType<typeof createEncoder> =>
  createEncoder(charset, macSafe, fallbacks)

/**
 * How a text looks in the pages of a profile: in its letters, and for Contiki, which has no way to write < and &,
 * spelled out.
 */
export function shownBy({ text: { charset, macSafe, escapes } }: Profile): (text: string) => string {
  const { fold } = encoderOf(charset, macSafe)
  return text =>
    escapes
      ? fold(text)
      : fold(text)
          .replaceAll('<', '(')
          .replaceAll('>', ')')
          .replace(/&(?! )/g, ' and ')
          .replace(/ +/g, ' ')
}

/** Numbers from 0 to below the limit, the same in every run. */
export function random(seed: number): (limit: number) => number {
  let state = seed
  return limit => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) % limit
  }
}

/** Time that this process has worked: what a test may ask of code, however busy the machine is. Milliseconds. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
