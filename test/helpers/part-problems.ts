import type { PageJob } from '../../src/page/convert.js'
import { checkPage } from './check-page.js'
import { convertPage, PAGE_URL } from './context.js'

/** Lines between parts, which the whole does not have. */
const NAVIGATION =
  /(Previous part \| )?Part \d+ of \d+( \| Next part)?( \(A form is cut here: a button sends only the fields of its own part\.\))?/g
/** Each part has the line to the source, the first one with more. */
const SOURCE =
  /Original\s+source[^]*?Looks\s+wrong\?(\s+\|\s+fetched[^|]*?sent\s+\d+\s+(KB|bytes)(\s+in\s+\d+\s+parts)?)?/
const seen = (texts: readonly string[]): string =>
  texts
    .map(text => text.replace(NAVIGATION, '').replace(SOURCE, ''))
    .join('')
    .replace(/\s/g, '')

/**
 * Lines are not measured: elements that are opened again come before the first words. A cell may hold only the place
 * that a link leads to.
 */
const kindOfProblem = (problem: string): string =>
  problem.replace(/^(a line of \d+ characters that could be broken|<\w+> is empty)$/, '').slice(0, 15)

/** Lines of text around the first place where two differ. */
export function difference(first: string, second: string): string {
  let at = 0
  while (first[at] === second[at]) at++
  const near = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 150), at + 100))
  return `first:  ${near(first)}\nsecond: ${near(second)}`
}

/** What is wrong with the parts of a page, and how many there are. */
export interface PartProblems {
  readonly problems: string[]
  readonly count: number
}

/**
 * What is wrong with the parts of a page, and not with the whole: their markup, their length, and what they say all
 * together.
 */
export function partProblems(job: PageJob): PartProblems {
  const { profile } = job
  const whole = convertPage(job)
  const { bodies } = convertPage({
    ...job,
    parts: { address: PAGE_URL.replace('https', 'http'), number: 1 }
  })
  const ofWhole = checkPage(whole.body, profile)
  const ofParts = bodies.map(body => checkPage(body, profile))
  const inWhole = ['', ...ofWhole.problems.map(kindOfProblem)]
  const problems = ofParts
    .flatMap(({ problems }) => problems)
    .filter(problem => !inWhole.includes(kindOfProblem(problem)))
  if (bodies.some(body => body.length > profile.budget.pageBytes))
    problems.push(`longer than the budget: ${String(bodies.map(body => body.length))}`)
  // A control that is too long for a part is left out, and that is said.
  if (bodies.some(body => Buffer.from(body).includes('too long for this browser')))
    return { problems, count: bodies.length }
  if (bodies.length === 1 && whole.body.length > profile.budget.pageBytes) problems.push('not cut')
  const said = [seen([ofWhole.text]), seen(ofParts.map(({ text }) => text))] as const
  if (said[0] !== said[1]) problems.push(`other words: ${difference(...said)}`)
  return { problems, count: bodies.length }
}
