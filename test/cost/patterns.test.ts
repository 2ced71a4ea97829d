import t from 'tap'
import { asFile, faultsIn, faultsOf, patternsOfProgram, patternsOfRules, type Pattern } from '../helpers/patterns.js'

const pattern = (source: string, flags = ''): Pattern => ({ source, flags, at: 'made up' })

/** Each of a kind that strangers have used. */
const BAD: readonly Pattern[] = [
  pattern(String.raw`^\s*(<!--[^]*?-->\s*)*<html`, 'i'),
  pattern('MSIE [45].*Mac', 'i'),
  pattern(String.raw`\s+$`),
  pattern('<a[^>]*>'),
  pattern(String.raw`\s*,\s*`),
  pattern('^(.+)-(.+)$'),
  pattern(String.raw`^(?!.*Opera).*MSIE [12]\.(?!.*Mac)`, 'i'),
  pattern('(a|a)*b')
]

t.test('a pattern that is not linear is found', async t => {
  for (const bad of BAD) {
    t.match(await faultsIn([bad]), [/polynomial|exponential|looks around/], bad.source)
  }
  // Fast, while somebody writes; it does not find all of them.
  t.match(
    await faultsOf(asFile([pattern(String.raw`^\d*\d+x`), pattern(String.raw`\s+$`)])),
    [/no-super-linear-backtracking/, /no-super-linear-move/],
    'by ESLint'
  )
  t.match(
    await faultsOf(`export const bad = (text: string): boolean => /${BAD[2]!.source}/.test(text)`),
    [/no-super-linear-move/],
    'as a literal'
  )
  t.match(
    await faultsOf('export const made = (name: string): RegExp => new RegExp(`${name}+$`)'),
    [/patterns\/known/],
    'one that is made while the program runs'
  )
  t.match(
    await faultsOf('const SPACE = String.raw`\\s*`\nexport const built = new RegExp(`${SPACE}${SPACE}$`)'),
    [/no-super-linear/],
    'one that is built of constants'
  )
})

t.test('a pattern that is linear is not', async t => {
  const good = [pattern('^(?=.*MSIE [45]).*Mac', 'i'), pattern(String.raw`(?<!\.)\.+$`), pattern('<a[^<>]*>')]
  t.strictSame(await faultsOf(asFile(good)), [])
  t.strictSame(await faultsIn(good), [])
})

t.test('all patterns of rules/ are linear', async t => {
  const patterns = patternsOfRules()
  t.ok(patterns.length > 100, `${patterns.length} patterns`)
  t.strictSame(
    (await faultsOf(asFile(patterns))).map(fault => `${patterns[Number.parseInt(fault, 10) - 1]!.at} ${fault}`),
    []
  )
  t.strictSame(await faultsIn(patterns), [])
})

t.test('all patterns of the program are linear', async t => {
  const patterns = await patternsOfProgram()
  t.ok(patterns.length > 400, `${patterns.length} patterns`)
  t.strictSame(await faultsIn(patterns), [])
})
