import type { ClientRule } from './load-clients.js'
import { samplesOf } from './pattern-samples.js'

const decides = (clients: readonly ClientRule[], agent: string): ClientRule | undefined =>
  clients.find(({ match }) => match.test(agent))

/** Examples that another line decides for, or none. */
function wrongExamples(clients: readonly ClientRule[], rule: ClientRule): string[] {
  return rule.examples.flatMap((example, at) => {
    const found = decides(clients, example)
    if (found === rule) return []
    const instead = found === undefined ? 'no line matches it' : `it is ${found.name} (${found.place()})`
    return [`${rule.place('examples', String(at))}: ${JSON.stringify(example)} is not ${rule.name}: ${instead}`]
  })
}

/** A line of which every name that its pattern matches, as far as they can be made of it, is taken by earlier ones. */
function shadowed(clients: readonly ClientRule[], rule: ClientRule): string[] {
  const samples = [...rule.examples, ...samplesOf(rule.match)]
  const [sample] = samples
  const first = sample === undefined ? undefined : decides(clients, sample)
  if (first === undefined || samples.some(sample => decides(clients, sample) === rule)) return []
  return [
    `${rule.place('match')}: ${rule.name} is never reached: ${first.name} (${first.place()}) comes first, ` +
      `with ${JSON.stringify(sample)} for one. An example would show what it is for`
  ]
}

/** What is wrong with the lines of rules/clients/ as they stand one after the other, each with file and line. */
export const clientProblems = (clients: readonly ClientRule[]): string[] =>
  clients.flatMap(rule => [...wrongExamples(clients, rule), ...shadowed(clients, rule)])
