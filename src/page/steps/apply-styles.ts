import { createCascade, type Style, type StyleOf } from '../css/cascade.js'
import { emphasise } from '../css/emphasise.js'
import { countLinks, mayGoUnprinted, mayHide, mayHideOffscreen } from '../css/hiding.js'
import { sizePicture } from '../css/picture-size.js'
import type { Rules } from '../css/sheets/read-sheets.js'
import { markRows } from '../css/rows.js'
import { hideTraps } from '../forms/traps.js'
import { centre, keepLines, raise, unbullet } from '../css/shape.js'
import type { Page, PageContext, Step } from '../step.js'
import { attribute, isElement, setAttribute, type Element } from '../tree/tree.js'

/** Deeper elements keep no style. Elements. */
const MOST_DEPTH = 400

/** These are never hidden: some pages hide themselves until a script has run. */
const ESSENTIAL = new Set(['body', 'main', 'article'])

/** What was found about the styles of a page. */
interface Found {
  readonly styles: Map<Element, Style>
  /** Elements that are not shown or out of sight; none is within another */
  readonly hidden: Element[]
  readonly offscreen: Element[]
  readonly unprinted: Element[]
}

const isHidden = ({ display, visibility }: Style): boolean => display === 'none' || visibility === 'hidden'

/** Notes the style of one element; returns whether it is hidden. */
function note(
  element: Element,
  style: Style | undefined,
  unprinted: Style | undefined,
  found: Found,
  within: boolean
): boolean {
  if (style !== undefined) found.styles.set(element, style)
  if (within || ESSENTIAL.has(element.tagName)) return within
  if (style !== undefined && isHidden(style)) found.hidden.push(element)
  else if (style?.offscreen === 'yes') found.offscreen.push(element)
  else if (unprinted?.display === 'none') found.unprinted.push(element)
  else return false
  return true
}

function look(parent: Element, styleOf: StyleOf, printOf: StyleOf, found: Found, within: boolean, depth: number): void {
  for (const node of parent.childNodes) {
    if (!isElement(node)) continue
    const inside = note(node, styleOf(node), printOf(node), found, within)
    // Drawings have their own styles.
    if (depth > 0 && node.childNodes.length > 0 && node.tagName !== 'svg' && node.tagName !== 'math')
      look(node, styleOf, printOf, found, inside, depth - 1)
  }
}

const NOTHING: StyleOf = () => undefined

/** Walks the tree if there are rules; else looks only at the elements with a style attribute. */
function lookAll({ body, suspects }: Page, { screen, print }: Rules): Found {
  const found: Found = { styles: new Map(), hidden: [], offscreen: [], unprinted: [] }
  const styleOf = createCascade(screen, true)
  if (screen.length + print.length > 0) {
    look(body, styleOf, print.length === 0 ? NOTHING : createCascade(print, false), found, false, MOST_DEPTH)
    return found
  }
  for (const element of suspects) {
    const style = styleOf(element)
    if (style !== undefined) found.styles.set(element, style)
  }
  return found
}

/** Adds what may be removed to the suspects: the step drop-hidden makes sure that not too much of the page goes. */
function hide(
  { body, suspects, names }: Page,
  { profile, choices }: PageContext,
  { styles, hidden, offscreen, unprinted }: Found
): void {
  const links = hidden.length === 0 ? new Map<string, number>() : countLinks(body)
  const showsImages = profile.images.show && choices.images === 'inline'
  const goes = [
    ...hidden.filter(element => mayHide(element, links)),
    ...(showsImages ? offscreen.filter(mayHideOffscreen) : []),
    ...unprinted.filter(mayGoUnprinted),
    ...(names.has('form') ? hideTraps(body, styles) : [])
  ]
  for (const element of goes) {
    if (attribute(element, 'hidden') !== undefined) continue
    setAttribute(element, 'hidden', '')
    suspects.push(element)
  }
}

function languageOf(body: Element): string {
  const root = body.parentNode
  return attribute(body, 'lang') ?? (root !== null && isElement(root) ? attribute(root, 'lang') : undefined) ?? ''
}

/**
 * Applies style sheets and style attributes as far as old HTML can: hiding, emphasis, centring, capitals, line breaks,
 * lists without bullets or in a row.
 */
export const applyStyles: Step = {
  name: 'apply-styles',
  run(page, context) {
    const rules = context.readSheets(page.sheets)
    const found = lookAll(page, rules)
    hide(page, context, found)
    markRows(found.styles)
    const language = languageOf(page.body)
    for (const [element, style] of found.styles) {
      raise(element, style, found.styles, language)
      keepLines(element, style)
      unbullet(element, style)
      centre(element, style, found.styles)
      emphasise(element, style)
      sizePicture(element, style)
    }
  }
}
