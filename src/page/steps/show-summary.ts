import { dateText } from '../read/date-text.js'
import type { Page, PageContext, Step } from '../step.js'
import { summaryOf, type Summary } from '../article/summary.js'
import { append, createElement, createText, type Element } from '../tree/tree.js'

/** Marks a BODY that was made from the summary of the page. */
const DONE = 'data-summary'
/** Nobody reads a longer description. Characters. */
const MOST_DESCRIPTION = 20_000

/** Turns the lines of a text into paragraphs. */
const paragraphs = (text: string): Element[] =>
  text
    .slice(0, MOST_DESCRIPTION)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .map(line => createElement('p', {}, createText(line)))

function imageOf({ image, title, width, height }: Summary): Element[] {
  if (image === '') return []
  const size = width === undefined || height === undefined ? {} : { width: String(width), height: String(height) }
  return [createElement('p', {}, createElement('img', { src: image, alt: title, ...size }))]
}

/** The author, date and duration. */
function facts({ author, date, duration }: Summary): Element[] {
  const known = [author, date === '' ? '' : dateText(date), duration].filter(fact => fact !== '')
  return known.length === 0 ? [] : [createElement('p', {}, createElement('i', {}, createText(known.join(' | '))))]
}

function show(page: Page, { url }: PageContext, summary: Summary): void {
  const { body } = page
  body.childNodes = []
  body.attrs = [{ name: DONE, value: '' }]
  const link = createElement(
    'p',
    {},
    createElement('a', { href: url.href }, createText(`On ${url.host.replace(/^www\./, '')}`)),
    createText(', which needs a browser of today')
  )
  for (const part of [
    createElement('h1', {}, createText(summary.title)),
    ...imageOf(summary),
    ...facts(summary),
    ...paragraphs(summary.description),
    link
  ])
    append(body, part)
  for (const name of ['h1', 'p', 'img', 'i', 'a']) page.names.add(name)
}

/**
 * Shows the title, image and description of pages that are empty without their scripts, as they give them to those who
 * link to them.
 */
export const showSummary: Step = {
  name: 'show-summary',
  run(page, context) {
    if (context.site?.summary !== true || page.body.attrs.some(({ name }) => name === DONE)) return
    const summary = summaryOf(page)
    if (summary.title !== '' && summary.description + summary.image !== '') show(page, context, summary)
  }
}
