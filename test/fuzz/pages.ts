import iconv from 'iconv-lite'
import { serialize as serializeTree } from 'parse5'
import { charsetNamed, CHARSETS } from '../../src/charset/charsets.js'
import { inItsTime } from '../../src/clients/period.js'
import type { Profile } from '../../src/clients/profile.js'
import type { PageJob } from '../../src/page/convert.js'
import { parse } from '../../src/page/tree/parse.js'
import { readStories, type Story } from '../../src/page/read/readers/stories.js'
import { wholeDocument } from '../../src/page/parts/parts.js'
import { serialize } from '../../src/page/write/serialize.js'
import type { Page, PageContext } from '../../src/page/step.js'
import { stepsFor } from '../../src/page/steps.js'
import { attribute, bodyOf, createElement, elements, headOf, textOf } from '../../src/page/tree/tree.js'
import { checkPage } from '../helpers/check-page.js'
import {
  convertPage,
  cpuMilliseconds,
  encoderOf,
  displayOf,
  jobFor,
  PAGE_URL,
  PORTAL,
  profileOf,
  rules,
  contentModel,
  readSheets,
  shareWords,
  pageLines,
  walls
} from '../helpers/context.js'
import { difference, partProblems } from '../helpers/part-problems.js'
import { none } from './run.js'

// What must hold of every page, whatever came in. Each throws with what is wrong.

/** A page as it comes, and who asks for it. */
export interface PageCase {
  readonly markup: string
  /** Name of a profile, or of a client with changes of its own */
  readonly profile: string
  /** Instead of the profile's own */
  readonly charset?: string | undefined
  readonly view?: PageJob['view']
  readonly images?: 'inline' | 'links' | 'off'
  readonly originalSource?: 'bottom' | 'top' | 'off'
  readonly display?: string
  readonly gateway?: string
  readonly contentType?: string | undefined
  /** Sent in parts of so many bytes */
  readonly pageBytes?: number | undefined
}

/** All profiles, and those that a client changes. */
export const PROFILES: ReadonlyMap<string, Profile> = new Map([
  ...rules.profiles,
  ...rules.clients
    .filter(client => client.profile !== rules.profiles.get(client.profile.id))
    .map((client): [string, Profile] => [client.name, client.profile])
])
export const CHARSET_NAMES: readonly string[] = CHARSETS.map(({ name }) => name.toLowerCase())

/** Of this thread for one small page, however busy the machine is: what takes longer is a hang. Milliseconds. */
const MOST_WORK = 8000

/** The profile of a case, in its charset. */
export function profileFor({ profile, charset, pageBytes }: PageCase): Profile {
  const found = PROFILES.get(profile) ?? profileOf(profile)
  const inCharset =
    charset === undefined
      ? found
      : { ...found, text: { ...found.text, charset, references: found.text.references && charset === 'iso-8859-1' } }
  return pageBytes === undefined ? inCharset : { ...inCharset, budget: { pageBytes, addressLength: 100 } }
}

const jobOf = (page: PageCase): PageJob =>
  jobFor(Buffer.from(page.markup), profileFor(page), {
    contentType: page.contentType ?? 'text/html; charset=utf-8',
    view: page.view ?? 'page',
    choices: { images: page.images ?? 'inline', originalSource: page.originalSource ?? 'bottom' },
    display: displayOf(page.display ?? 'col256'),
    gateway: page.gateway ?? ''
  })

/** Attributes that hold anybody's words. */
const WORDS = / (VALUE|ALT|TITLE|NAME)="[^"]*"/g
/** Links and images with a scheme that runs something, wherever a checker may have passed over them. */
const RUNS = /<[^>]* [A-Z]+="?\s*(javascript|vbscript|data|file|about|blob):/i

/** A page is right for its client: no step fails, the markup is valid, nothing in it runs, and it comes in time. */
export function isRight(page: PageCase): void {
  const job = jobOf(page)
  const before = cpuMilliseconds()
  const result = convertPage(job)
  const worked = cpuMilliseconds() - before
  const text = iconv.decode(Buffer.from(result.body), charsetNamed(job.profile.text.charset)!.iconv)
  const runs = RUNS.exec(text.replace(WORDS, ''))?.[0]
  // What is typed, or is to be sent back, is not cut.
  const problems = checkPage(result.body, job.profile).problems.filter(
    problem => !(/^a (word|line) of/.test(problem) && /<textarea/i.test(page.markup))
  )
  none([
    ...result.failures,
    ...problems,
    ...(runs === undefined ? [] : [`this runs: ${runs}`]),
    ...(worked > MOST_WORK ? [`took ${worked} ms`] : [])
  ])
  if (
    result.redirect !== undefined &&
    !/^(http:\/\/|(mailto|ftp|gopher|news|nntp|telnet|wais):)[!-~]*$/.test(result.redirect)
  )
    throw new Error(`redirects to ${result.redirect}`)
}

/** The parts of a page are as right as the whole, none is longer than it may be, and together they say all. */
export const isRightInParts = (page: PageCase): void => none(partProblems(jobOf(page)).problems)

function contextOf(page: PageCase, profile: Profile): PageContext {
  const url = new URL(PAGE_URL)
  const encoder = encoderFor(profile)
  return {
    url,
    base: url,
    contentModel,
    readSheets,
    shareWords,
    pageLines,
    walls,
    profile,
    display: displayOf(page.display ?? 'col256'),
    choices: { images: page.images ?? 'inline', originalSource: page.originalSource ?? 'bottom' },
    portal: page.gateway === undefined || page.gateway === '' ? PORTAL : page.gateway.slice(0, -1),
    gateway: page.gateway ?? '',
    charset: 'UTF-8',
    fold: encoder.fold,
    originBytes: 1000,
    requests: 1,
    sentMark: '(bytes sent)',
    outbox: { addImage: bytes => `${PORTAL}/inline/${bytes.length}.gif`, addAddress() {} }
  }
}

const encoders = new Map<string, ReturnType<typeof encoderOf>>()
function encoderFor({ text: { charset, macSafe } }: Profile): ReturnType<typeof encoderOf> {
  const key = `${charset} ${macSafe}`
  const encoder = encoders.get(key) ?? encoderOf(charset, macSafe)
  encoders.set(key, encoder)
  return encoder
}

function pageOf(markup: string): Page {
  const parsed = parse(markup, 100_000)
  const head = headOf(parsed.document)
  const title = head === undefined ? undefined : elements(head, 'title')[0]
  const body = bodyOf(parsed.document) ?? createElement('body')
  return {
    ...parsed,
    body,
    title: title === undefined ? '' : textOf(title),
    untouched: attribute(body, 'link') !== '#0000CC',
    images: []
  }
}

/** They look at the share of the page that something has, which is another one when they are done. */
const JUDGES_SHARES = new Set(['drop-hidden'])

/** Each step, run twice, changes nothing more than run once. */
export function stepsSettle(page: PageCase, untouched = false): void {
  const profile = profileFor(page)
  const context = contextOf(page, profile)
  const tree = { ...pageOf(page.markup), title: '', untouched }
  for (const { step } of stepsFor(untouched ? 'untouched' : (page.view ?? 'page'))) {
    step.run(tree, context)
    if (JUDGES_SHARES.has(step.name)) continue
    const first = serializeTree(tree.body)
    step.run(tree, context)
    const second = serializeTree(tree.body)
    if (second !== first) throw new Error(`${step.name} changes more when it runs again:\n${difference(first, second)}`)
  }
}

/** What the writer makes of a tree, with no step before it. */
function write(markup: string, asked: Profile, paper: string | undefined): string {
  const ascii = encoderOf('us-ascii')
  // What has no document type is of its time.
  const profile = markup.startsWith('<!DOCTYPE') ? asked : inItsTime(asked)
  const options = {
    profile,
    declared: asked.elements,
    encoder: encoderFor(profile),
    ascii,
    shorten: (address: string) => address,
    paper
  }
  return wholeDocument(serialize(pageOf(markup), options))
}

/** Two links in a row to one address are one. */
const oneLink = (page: string): string =>
  page.replace(/(<AHREF="[^"]*">)(?:(?!<\/?A[H>])[^])*(?:<\/A>\1(?:(?!<\/?A[H>])[^])*)+/g, whole =>
    whole.replace(/<\/A><A[^<>]*>/g, '')
  )

/**
 * Blocks, links, images, controls and words: without the white space and the phrases that the writer may join, line
 * breaks before blocks, and where a paragraph begins beside other blocks.
 */
const essence = (page: string): string =>
  oneLink(
    page
      .normalize('NFC')
      .replace(
        /<\/?(FONT|B|I|U|TT|BIG|SMALL|SUB|SUP|STRIKE|EM|STRONG|CODE|SAMP|KBD|VAR|CITE|DFN|INS|DEL|ABBR|ACRONYM)( [^<>]*)?>|<BR>/g,
        ''
      )
      .replace(/\s+|&#160;/g, '')
      .replace(/<\/?P( [^<>]*)?>/g, '')
  ).replace(/<\/A>(?=<AHREF)/g, '')

/**
 * Blocks within blocks from which on the writer may come to its limit (MOST_DEPTH): what it leaves out there is room
 * the next time.
 */
const NEAR_LIMIT = 20

/** How many blocks lie within each other. */
function depthOf(page: string): number {
  let [depth, deepest] = [0, 0]
  for (const [, end] of page.matchAll(/<(\/?)(?:UL|OL|DL|DIR|MENU|BLOCKQUOTE|CENTER|DIV|TABLE)\b/g))
    deepest = Math.max(deepest, (depth += end === '' ? 1 : -1))
  return deepest
}

/** What the writer has written, read and written again, is the same. */
export function writesItselfAgain(page: PageCase): void {
  const profile = profileFor(page)
  const sent = convertPage(jobOf(page)).body
  const first = iconv.decode(Buffer.from(sent), charsetNamed(profile.text.charset)!.iconv)
  // A blank cell cannot be told from an empty one where there is no no-break space.
  if (/<T[DH][^<>]*>\s*(<\/?T|$)|<FRAMESET/m.test(first) || depthOf(first) >= NEAR_LIMIT) return
  const paper = /<BODY[^>]* BGCOLOR="([^"]*)"/.exec(first)?.[1]
  const second = write(first, profile, paper)
  const found = [essence(first), essence(second)] as const
  if (found[0] !== found[1]) throw new Error(difference(...found))
}

/** What comes as a feed is stories with a title in one line and an address of the web, or an Error. */
export function hasStories(feed: string): void {
  const before = cpuMilliseconds()
  let stories: readonly Story[] = []
  try {
    stories = readStories({ bytes: Buffer.from(feed), contentType: 'application/xml', url: PAGE_URL })
  } catch (error) {
    if (
      !(error instanceof Error) ||
      error instanceof RangeError ||
      error instanceof TypeError ||
      error instanceof ReferenceError
    )
      throw error
  }
  const worked = cpuMilliseconds() - before
  if (worked > MOST_WORK) throw new Error(`took ${worked} ms`)
  for (const { title, link, summary, date } of stories) {
    if (title === '' || /[\r\n]/.test(title + summary)) throw new Error(`no line: ${JSON.stringify([title, summary])}`)
    if (!/^https?:\/\/[!-~]*$/.test(link)) throw new Error(`no address: ${link}`)
    if (!Number.isFinite(date)) throw new Error(`no date: ${date}`)
  }
}
