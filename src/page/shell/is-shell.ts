import type { Page } from '../step.js'
import { attribute, elements, headOf, type Element } from '../tree/tree.js'
import type { Survey } from './survey-page.js'

/** A page with less is blank where something says that scripts fill it. Characters. */
const BLANK_TEXT = 600
/** And with less than this, where its scripts bring data. Characters. */
const BARE_TEXT = 200

type Scripted = Pick<Page, 'scripts' | 'document' | 'unseen'>

/** Whether a link tells browsers to fetch a script early. */
const fetchesScript = (link: Element): boolean =>
  link.tagName === 'link' &&
  (attribute(link, 'rel')?.includes('modulepreload') === true || attribute(link, 'as') === 'script')

/** Whether a page has scripts, or announces them to browsers that fetch them early, in its head or at its end. */
export function isScripted({ scripts, document, unseen }: Scripted): boolean {
  if (scripts.length > 0) return true
  const head = headOf(document)
  return unseen.some(fetchesScript) || (head !== undefined && elements(head, 'link').some(fetchesScript))
}

/**
 * Whether a page is a shell that scripts fill: next to nothing to read, and an empty element for it, or words that say
 * so. A page that has but menus counts too if that element is empty.
 */
export function isShell(page: Scripted, survey: Survey): boolean {
  const { text, prose, media, fields, roots, namedRoots, excuses } = survey
  if (prose > BLANK_TEXT || !isScripted(page)) return false
  if (namedRoots > 0) return true
  if (text > BLANK_TEXT || fields > 0) return false
  return excuses.length > 0 || (media === 0 && text <= BARE_TEXT && roots.length > 0)
}
