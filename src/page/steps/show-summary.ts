import type { Page, PageContext, Step } from '../step.js'
import { summaryOf, type Summary } from '../article/summary.js'
import { summaryFacts, summaryImage, summaryText } from '../article/summary-parts.js'
import { append, createElement, createText } from '../tree/tree.js'

/** Marks a BODY that was made from the summary of the page. */
const DONE = 'data-summary'
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
    ...summaryImage(summary),
    ...summaryFacts(summary),
    ...summaryText(summary),
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
