import { RegExpParser, type AST } from '@eslint-community/regexpp'
import { rulePattern } from '../config/read-rules.js'

/** So many texts are made of one pattern, and of each part of it. */
const MOST_SAMPLES = 400
/** Of a set of characters so many are tried. */
const MOST_CHARACTERS = 3

/** What browsers call themselves is printable ASCII (RFC 9110, 10.1.5). */
const PRINTABLE = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))

/** What browsers write before and behind a name. */
const AROUND: ReadonlyArray<(sample: string) => string> = [
  sample => sample,
  sample => `${sample} x`,
  sample => `x (x; ${sample}; x)`,
  sample => `Mozilla/4.0 (compatible; ${sample})`
]

/** Every `n`th of them, so that at most MOST_SAMPLES are left, the first among them. */
function thinned(samples: readonly string[]): string[] {
  const every = Math.ceil(samples.length / MOST_SAMPLES)
  return samples.filter((_, at) => at % every === 0)
}

const joined = (before: readonly string[], after: readonly string[]): string[] =>
  thinned(before.flatMap(start => after.map(end => start + end)))

const inARow = (elements: readonly AST.Element[]): string[] =>
  elements.reduce((before, element) => joined(before, samplesOfElement(element)), [''])

const ofAlternatives = (alternatives: readonly AST.Alternative[]): string[] =>
  thinned([...new Set(alternatives.flatMap(({ elements }) => inARow(elements)))])

function ofCharacters(source: string): string[] {
  const pattern = rulePattern(`^(?:${source})$`)
  const all = PRINTABLE.filter(character => pattern.test(character))
  const every = Math.max(1, Math.floor(all.length / MOST_CHARACTERS))
  return all.filter((_, at) => at % every === 0).slice(0, MOST_CHARACTERS)
}

/** As often as it must be there, and once more where it may. */
function repeated({ min, max, element }: AST.Quantifier): string[] {
  const once = samplesOfElement(element)
  const times = (count: number): string[] =>
    Array.from({ length: Math.min(count, MOST_CHARACTERS) }).reduce<string[]>(before => joined(before, once), [''])
  return thinned([...new Set([...times(min), ...(max > min ? times(min + 1) : [])])])
}

/** What an assertion looks for stands where it looks; one that something is not there is left to the test. */
function ofAssertion(assertion: AST.Assertion): string[] {
  const looks = assertion.kind === 'lookahead' || assertion.kind === 'lookbehind'
  return looks && !assertion.negate ? ofAlternatives(assertion.alternatives) : ['']
}

function samplesOfElement(element: AST.Element): string[] {
  switch (element.type) {
    case 'Character':
      return [String.fromCodePoint(element.value)]
    case 'CharacterClass':
    case 'CharacterSet':
    case 'ExpressionCharacterClass':
      return ofCharacters(element.raw)
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives)
    case 'Quantifier':
      return repeated(element)
    case 'Assertion':
      return ofAssertion(element)
    case 'Backreference':
      return ['']
  }
}

/** Texts that a pattern of the rules matches, made of its parts: each is tried with it. Not all that there are. */
export function samplesOf({ source }: RegExp): string[] {
  const parts = ofAlternatives(new RegExpParser().parsePattern(source).alternatives)
  const pattern = rulePattern(source)
  return [...new Set(AROUND.flatMap(around => parts.map(around)))].filter(sample => pattern.test(sample))
}
