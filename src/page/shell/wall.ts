import type { Lack, Page, PageContext } from '../step.js'
import { elements, headOf, textOf, type Element } from '../tree/tree.js'
import type { Wall } from '../wall-rules.js'
import type { Survey } from './survey-page.js'

/** A page with more text is no wall, or one that is worth reading. Characters. */
const MOST_TEXT = 2500
/** One that names a puzzle in its elements, without being refused, has no more than this. Characters. */
const PUZZLE_TEXT = 600
/** What is looked at of one script. Characters. */
const SCRIPT_CHARACTERS = 20_000
/** A page with more is a page of a site, not of what stands before it. Characters of scripts. */
const SCRIPTS_CHARACTERS = 200_000
/** A page that asks for consent speaks of nothing else: every twentieth word, and no fewer than these. */
const CONSENT_SHARE = 1 / 20
const CONSENT_WORDS = 4

const NAMES = new Set(['id', 'class', 'action', 'src', 'content', 'name'])

/** The names and addresses in elements, one a line. */
const namesIn = (found: readonly Element[]): string =>
  found
    .flatMap(({ attrs }) => attrs.filter(({ name }) => NAMES.has(name)).map(({ value }) => value))
    .join('\n')
    .toLowerCase()

/**
 * What scripts are fetched from, what they are called, and how those in the page begin; nothing where there is too much
 * of them.
 */
function scriptsIn({ scripts }: Pick<Page, 'scripts'>): string {
  const all = scripts.reduce((sum, { text }) => sum + text.length, 0)
  if (all > SCRIPTS_CHARACTERS) return ''
  return scripts
    .map(({ address, id, text }) => `${address}\n${id}\n${text.slice(0, SCRIPT_CHARACTERS)}`)
    .join('\n')
    .toLowerCase()
}

/** What can be known of a small page. */
interface Seen {
  readonly scripts: string
  readonly names: string
  readonly survey: Survey
  readonly refused: boolean
  /** Whether it speaks of consent and of hardly anything else */
  readonly ofConsent: () => boolean
}

const hasAny = (text: string, marks: readonly string[] = []): boolean => marks.some(mark => text.includes(mark))

function isWall({ asks, marks, widgets }: Wall, seen: Seen): boolean {
  const { scripts, names, survey, refused, ofConsent } = seen
  if (asks === 'consent') return (hasAny(names, marks) || hasAny(scripts, widgets)) && ofConsent()
  if (hasAny(scripts, marks) || hasAny(names, marks)) return true
  if (refused) return hasAny(scripts, widgets) || hasAny(names, widgets)
  const { text, fields, media, namedRoots } = survey
  return text <= PUZZLE_TEXT && fields + media + namedRoots === 0 && hasAny(names, widgets)
}

const CONSENT =
  /cookie|consent|privacy|partner|zustimm|einwillig|akzeptier|datenschutz|tracking|personali[sz]ed|confidential|accept|consens|consentim|privacid|aceptar|toestemming|samtykk|samtyck|zgod|souhlas|согласи|同意/gi

function isOfConsent({ body }: Pick<Page, 'body'>): boolean {
  const text = textOf(body).slice(0, 2 * MOST_TEXT)
  const said = text.match(CONSENT)?.length ?? 0
  return said >= CONSENT_WORDS && said >= (text.match(/\S+/g)?.length ?? 0) * CONSENT_SHARE
}

const lackOf = ({ name, asks }: Wall): Lack =>
  asks === 'proof' ? { kind: 'challenge', by: name } : { kind: 'consent', by: name }

/**
 * What stands before the page of a site, if this is such a page: by what the response says, and by its shape. Undefined
 * for an ordinary page, also where it carries the same scripts.
 */
export function wallOf(page: Page, survey: Survey, { walls, wallSigns }: PageContext): Lack | undefined {
  if (survey.text > MOST_TEXT || survey.media > 3) return undefined
  const named = walls.find(({ name }) => name === wallSigns?.named)
  if (named !== undefined) return lackOf(named)
  const head = headOf(page.document)
  const seen: Seen = {
    scripts: scriptsIn(page),
    names: namesIn([...elements(page.body), ...(head === undefined ? [] : elements(head, 'meta'))]),
    survey,
    refused: wallSigns?.refused === true,
    ofConsent: () => isOfConsent(page)
  }
  const wall = walls.find(rule => isWall(rule, seen))
  return wall === undefined ? undefined : lackOf(wall)
}
