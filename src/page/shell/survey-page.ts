import { isHidden } from '../css/hidden.js'
import type { Page } from '../step.js'
import { attribute, contains, isCustom, isElement, isText, textStart, type Element, type Node } from '../tree/tree.js'

/** What a page has for people besides its scripts, as far as it was counted. */
export interface Survey {
  /** Characters of text that is seen */
  readonly text: number
  /** Of those, what stands outside of links, buttons and labels */
  readonly prose: number
  /** Images, films and frames */
  readonly media: number
  /** Fields to fill in */
  readonly fields: number
  /** Elements that scripts would fill, the likeliest first */
  readonly roots: readonly Element[]
  /** How many of those are so by their names */
  readonly namedRoots: number
  /** NOSCRIPT that only says that scripts are needed */
  readonly excuses: readonly Element[]
}

/** A page with more has something to read: it is counted no further. Characters of prose. */
const SURVEY_PROSE_CHARACTERS = 4000
/** And so it is with these, whatever they are. Characters, elements. */
const SURVEY_TEXT_CHARACTERS = 20_000
const MOST_VISITED = 5000
/** A longer text in NOSCRIPT is the page, and no excuse. Characters. */
const EXCUSE_CHARACTERS = 400
/** Elements that scripts fill stand near the top. Levels below BODY. */
const ROOT_DEPTH = 6

const LABELS = new Set(['a', 'button', 'option', 'label', 'select', 'nav'])
const MEDIA = new Set(['img', 'video', 'audio', 'object', 'embed', 'iframe', 'frame', 'applet'])
/** What holds these is the page, which a script would show when all is there. */
const CONTENT = new Set(['h1', 'main', 'article'])
const PASSED_OVER = new Set(['template', 'svg', 'style', 'title'])
const HOLDERS = new Set(['div', 'main', 'section', 'article'])
/** Names that frameworks and people give to what scripts fill, and to what is filled later or never. */
const ROOT =
  /^(root|app|main|content|container|page|site|application|react|vue|ember|svelte|gatsby|next|nuxt)\b|(^|[-_])(root|app|main|content)$|^_{2,3}(next|nuxt|gatsby|app)/i
const LATER =
  /overlay|modal|portal|toast|tooltip|drawer|loading|loader|splash|spinner|sentinel|cookie|consent|banner|notif|search|menu|nav|header|footer|sidebar|player|chat|popup|-ad-|^ads?-|gtm|recaptcha/i

const namesOf = (element: Element): string => `${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`

/** How likely an empty element is what scripts fill: 0 if not at all, 2 by its name. */
function rootRank(element: Element): number {
  if (!HOLDERS.has(element.tagName) && !isCustom(element)) return 0
  const id = attribute(element, 'id') ?? ''
  if (LATER.test(namesOf(element))) return 0
  if (element.tagName === 'main' || ROOT.test(id)) return 2
  return id !== '' || isCustom(element) ? 1 : 0
}

const textField = /^(|text|search|email|password|tel|url|number)$/i
const isField = (element: Element): boolean =>
  element.tagName === 'textarea' || (element.tagName === 'input' && textField.test(attribute(element, 'type') ?? ''))

/** Images of one pixel count visitors, and so do frames for those without scripts. */
const isTracker = (element: Element): boolean =>
  attribute(element, 'height') === '1' || (element.tagName === 'iframe' && element.parentNode?.nodeName === 'noscript')

class PageSurvey implements Survey {
  text = 0
  prose = 0
  media = 0
  fields = 0
  #visited = 0
  readonly excuses: Element[] = []
  readonly #ranked: Array<readonly [rank: number, root: Element]> = []

  constructor(readonly isUnseen: (element: Element) => boolean) {}

  get isFull(): boolean {
    return this.prose > SURVEY_PROSE_CHARACTERS || this.text > SURVEY_TEXT_CHARACTERS || this.#visited > MOST_VISITED
  }

  get roots(): readonly Element[] {
    return this.#ranked
      .filter(([rank]) => rank === 2)
      .concat(this.#ranked.filter(([rank]) => rank === 1))
      .map(([, root]) => root)
  }

  get namedRoots(): number {
    return this.#ranked.filter(([rank]) => rank === 2).length
  }

  #leaf(node: Node, isLabel: boolean): boolean {
    if (!isText(node)) return false
    const { length } = node.value.trim()
    this.text += length
    if (!isLabel) this.prose += length
    return length > 0
  }

  #excuse(element: Element): boolean {
    const text = textStart(element, EXCUSE_CHARACTERS + 1)
    if (text.length > EXCUSE_CHARACTERS || !/javascript|scripts?\b/i.test(text)) return false
    this.excuses.push(element)
    return true
  }

  /** Counts what stands in a parent; says whether there is anything to see in it. */
  count(parent: Element, depth: number, isLabel: boolean): boolean {
    let some = false
    for (const node of parent.childNodes) {
      if (this.isFull) return true
      if (!isElement(node)) some = this.#leaf(node, isLabel) || some
      else some = this.#element(node, depth, isLabel) || some
    }
    return some
  }

  #element(element: Element, depth: number, isLabel: boolean): boolean {
    const { tagName } = element
    this.#visited++
    if (PASSED_OVER.has(tagName) || this.isUnseen(element)) return false
    if (tagName === 'noscript' && this.#excuse(element)) return false
    const isMedia = MEDIA.has(tagName) && !isTracker(element)
    if (isMedia) this.media++
    if (isField(element)) this.fields++
    const some = this.count(element, depth + 1, isLabel || LABELS.has(tagName)) || isMedia || tagName === 'input'
    const rank = some || depth > ROOT_DEPTH ? 0 : rootRank(element)
    if (rank > 0) this.#ranked.push([rank, element])
    return some
  }
}

/** Counts what a page has for people; undefined for one that has enough to read, which is known soon. */
export function surveyPage({ body, suspects }: Pick<Page, 'body' | 'suspects'>): Survey | undefined {
  const suspected = new Set(suspects)
  const survey = new PageSurvey(
    element => suspected.has(element) && isHidden(element) && !contains(element, ({ tagName }) => CONTENT.has(tagName))
  )
  survey.count(body, 0, false)
  return survey.isFull ? undefined : survey
}
