import { summaryOf, type Summary } from '../article/summary.js'
import { summaryFacts, summaryImage, summaryText } from '../article/summary-parts.js'
import type { Page } from '../step.js'
import {
  append,
  createElement,
  createParent,
  createText,
  elements,
  isTemplate,
  plainText,
  textOf,
  type Element,
  type Node
} from '../tree/tree.js'
import { parseJson } from './fields.js'
import { findPieces, type Piece } from './find-pieces.js'
import { isProse, lettersInHtml } from './prose.js'
import { showPieces } from './show-pieces.js'
import { LEAST_CHARACTERS, stateOf, type State } from './state.js'
import type { Survey } from './survey-page.js'

/** What is looked at of the text of a shell, to say nothing twice. Characters. */
const KNOWN_CHARACTERS = 8000
/** So much of the beginning tells whether two texts are the same. Letters. */
const SAME_LETTERS = 40

/** Data that elements carry for their scripts, as JSON in an attribute (Discourse, Inertia, Mastodon). */
function dataAttributes(body: Element): string[] {
  const found: string[] = []
  for (const { attrs } of elements(body))
    for (const { value } of attrs) if (value.length >= LEAST_CHARACTERS && /^\s*[{[]/.test(value)) found.push(value)
  return found
}

function stateIn({ scripts, data, body }: Page): State {
  const state = stateOf(scripts, dataAttributes(body))
  return { ...state, values: [...state.values, ...data.map(parseJson)] }
}

/** The text of templates that no script will use. */
const templates = ({ unseen }: Page): Piece[] =>
  unseen
    .filter(isTemplate)
    .filter(({ content }) => isProse(plainText(content)))
    .map(({ content }) => ({ kind: 'nodes', nodes: content.childNodes }))

/** Image and description, as far as the text does not say that. */
function around(summary: Summary, text: Element, hasPosts: boolean): Node[] {
  const letters = lettersInHtml(textOf(text).slice(0, KNOWN_CHARACTERS))
  const description = lettersInHtml(summary.description).slice(0, SAME_LETTERS)
  return [
    ...(hasPosts ? [] : [...summaryImage(summary), ...summaryFacts(summary)]),
    ...(letters.includes(description) ? [] : summaryText(summary))
  ]
}

/**
 * Puts what a shell holds for its scripts where they would show it, with its title, image and description; says whether
 * there was anything. What the page says already is not said again.
 */
export function fillPage(page: Page, { roots }: Survey): boolean {
  const summary = summaryOf(page)
  const title = summary.title === '' ? page.title : summary.title
  const known = lettersInHtml(textOf(page.body).slice(0, KNOWN_CHARACTERS))
  const pieces = [...findPieces(stateIn(page), known), ...templates(page)]
  const headings = elements(page.body, 'h1').map(element => lettersInHtml(plainText(element)))
  const shown = showPieces(pieces, { ...page, headings: [...headings, lettersInHtml(title)] })
  const text = createParent('div', shown)
  const hasTitle =
    title === '' ||
    [...headings, ...elements(text, 'h1').map(one => lettersInHtml(plainText(one)))].includes(lettersInHtml(title))
  const root = roots[0] ?? page.body
  for (const node of [
    ...(hasTitle ? [] : [createElement('h1', {}, createText(title))]),
    ...around(
      summary,
      text,
      pieces.some(({ kind }) => kind === 'post')
    ),
    ...(shown.length === 0 ? [] : [text])
  ])
    append(root, node)
  for (const name of ['h1', 'div', 'img', 'i', 'p']) page.names.add(name)
  return shown.length > 0
}
