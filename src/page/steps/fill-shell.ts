import { fillPage } from '../shell/fill-page.js'
import { isShell } from '../shell/is-shell.js'
import { surveyPage } from '../shell/survey-page.js'
import { wallOf } from '../shell/wall.js'
import type { Step } from '../step.js'
import { remove } from '../tree/tree.js'

/**
 * Shows what a page that is blank without its scripts holds for them as data, and finds what stands before the page of
 * a site: a challenge, or a demand for consent.
 */
export const fillShell: Step = {
  name: 'fill-shell',
  run(page, context) {
    if (page.lack !== undefined) return
    const survey = surveyPage(page)
    if (survey === undefined) return
    page.lack = wallOf(page, survey, context)
    if (page.lack === undefined && isShell(page, survey)) page.lack = { kind: 'shell', found: fillPage(page, survey) }
    // "Enable JavaScript": the person cannot.
    if (page.lack !== undefined) for (const excuse of survey.excuses) remove(excuse)
  }
}
