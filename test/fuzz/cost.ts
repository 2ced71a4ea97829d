import fc from 'fast-check'
import type { Test } from 'tap'
import { Failure } from '../../src/failures.js'
import type { PageJob } from '../../src/page/convert.js'
import { convertPage, cpuMilliseconds, jobFor, profileOf } from '../helpers/context.js'
import { growthOf, MOST_GROWTH, type Growth, type Shape } from '../helpers/cost.js'

// Documents of one piece again and again, whose conversion must take time that grows with their size.

/**
 * A document of any size: before, the piece n times, what stands between, n times what ends each or comes as often,
 * after. {} is the number of a piece.
 */
export interface CostCase {
  readonly piece: string
  readonly before?: string
  readonly between?: string
  readonly end?: string
  readonly after?: string
  readonly contentType?: string
  readonly profile?: string
  readonly view?: PageJob['view']
  /** Cut to the client's budget */
  readonly parts?: boolean
  /** Pieces to begin with, where what grows is small beside the rest before that */
  readonly from?: number
}

/** The largest page that is measured, as maxPageBytes has it. Bytes. */
const MOST_BYTES = 4 * 1024 * 1024

/** A text n times, with its number in the place of {}. */
const manyOf = (text: string, n: number): string =>
  text.includes('{}')
    ? Array.from({ length: n }, (_, at) => text.replaceAll('{}', String(at))).join('')
    : text.repeat(n)

export const documentOf = ({ piece, before = '', between = '', end = '', after = '' }: CostCase, n: number): string =>
  before + manyOf(piece, n) + between + manyOf(end, n) + after

/** With this, HTML is of today: what has no more than old HTML has is shown as it is, and next to no step sees it. */
const HEAD_OF_TODAY = '<!doctype html><meta name=viewport content="width=device-width">'

/** The conversion of a document of n pieces; one that has more elements than allowed ends early. */
const conversionOf =
  (page: CostCase): Shape =>
  n => {
    const { contentType = 'text/html; charset=utf-8', profile = 'nav3', view = 'page', parts = false } = page
    const head = contentType.startsWith('text/html') ? HEAD_OF_TODAY : ''
    const job = jobFor(Buffer.from(head + documentOf(page, n)), profileOf(profile), {
      contentType,
      view,
      ...(parts ? { parts: { address: 'http://site.test/', number: 1 } } : {})
    })
    return () => {
      try {
        convertPage(job)
      } catch (error) {
        if (!(error instanceof Failure)) throw error
      }
    }
  }

/** How the time of a conversion grows; undefined where a page of 4 MB costs nothing worth measuring. */
export function growthOfPage(page: CostCase): Growth | undefined {
  const bytes = Buffer.byteLength(page.piece) + Buffer.byteLength(page.end ?? '')
  const from = page.from === undefined ? {} : { from: page.from }
  return growthOf(conversionOf(page), { ...from, largest: Math.floor(MOST_BYTES / 4 / bytes) })
}

/** Tries documents by their names; a case that is a text is a page of that piece. */
export function grow(t: Test, cases: Readonly<Record<string, string | CostCase>>): void {
  for (const [name, given] of Object.entries(cases)) {
    const growth = growthOfPage(typeof given === 'string' ? { piece: given } : given)
    const said =
      growth === undefined
        ? 'free'
        : `${growth.milliseconds.map(Math.round).join(', ')} ms at ${growth.n}, twice and four times as many`
    t.ok(growth === undefined || growth.factor < MOST_GROWTH, `${name}: ${said}`)
  }
  t.end()
}

/** Throws where the time of a conversion grows faster than the size of what is sent. */
export function growsWithSize(page: CostCase): void {
  const growth = growthOfPage(page)
  if (growth !== undefined && growth.factor >= MOST_GROWTH)
    throw new Error(`${growth.milliseconds.map(Math.round).join(', ')} ms at ${growth.n}, twice and four times as many`)
}

/** A little less than what is refused, so that words and ends may stand beside the pieces. Elements. */
const MANY_ELEMENTS = 90_000
/** What takes less, whole, is no matter; and four times as many pieces may take so many times as long. */
const LEAST_WHOLE_MILLISECONDS = 4000
const MOST_FOURFOLD = 6.5

/** How often a document has its piece when it has as many elements, or bytes, as it may have. */
function mostPieces({ piece, end = '' }: CostCase): number {
  const unit = piece + end
  const begun = unit.match(/<[a-z]/gi)?.length ?? 0
  return Math.floor(Math.min(MANY_ELEMENTS / Math.max(1, begun), MOST_BYTES / 2 / Buffer.byteLength(unit)))
}

function millisecondsOf(page: CostCase, n: number): number {
  const convert = conversionOf(page)(n)
  const before = cpuMilliseconds()
  convert()
  return cpuMilliseconds() - before
}

/** A quarter that takes less is of a whole that is no matter, even if time grows with the square of it. */
const LEAST_QUARTER_MILLISECONDS = LEAST_WHOLE_MILLISECONDS / 16
/** What takes so many times as long as plain paragraphs holds a thread, however it grows: some work is done at each depth. */
const MOST_TIMES_PLAIN = 5

let plain: number | undefined
/** A page of as many plain paragraphs as it may have, on this machine. */
function plainMilliseconds(): number {
  if (plain !== undefined) return plain
  const paragraphs: CostCase = { piece: '<p>word {}', view: 'reader' }
  millisecondsOf(paragraphs, MANY_ELEMENTS >> 2)
  return (plain = millisecondsOf(paragraphs, MANY_ELEMENTS))
}

/**
 * Throws where the largest document of a kind takes much longer than a quarter of it, or than plain paragraphs do: some
 * work grows with the square of what stands in one parent, and shows only where there are ten thousand.
 */
export function growsToTheLimit(page: CostCase): void {
  const most = mostPieces(page)
  const longest = MOST_TIMES_PLAIN * plainMilliseconds()
  const measure = (): readonly [number, number] | undefined => {
    const quarter = millisecondsOf(page, most >> 2)
    if (quarter < LEAST_QUARTER_MILLISECONDS) return undefined
    const whole = millisecondsOf(page, most)
    const isMuch = whole >= LEAST_WHOLE_MILLISECONDS && whole >= Math.min(MOST_FOURFOLD * quarter, longest)
    return isMuch ? [quarter, whole] : undefined
  }
  if (measure() === undefined) return
  const again = measure()
  if (again !== undefined)
    throw new Error(`${again.map(Math.round).join(', ')} ms for a quarter and all of ${most} pieces`)
}

const OPENERS = (
  'a b div span font p ul li ol dl dt dd table tr td th caption tbody blockquote center pre h1 h2 form label select option optgroup button textarea fieldset legend map area object video iframe svg g math mrow ' +
  'ruby rt details summary nav article main aside header figure figcaption section template noscript dialog picture q small sub x-y em strong i u s'
)
  .split(' ')
  .map(name => `<${name}>`)
const WITH_ATTRIBUTES = [
  '<a href="/{}">',
  '<a href=#i{}>',
  '<p id=i{}>',
  '<div class="c{} a b">',
  '<div style="display:none">',
  '<span style="font-weight:bold">',
  '<font color=#{}>',
  '<img src={}.jpg alt=x>',
  '<img src=x width=1 height=1>',
  '<img srcset="a{} 1x, b 2x">',
  '<input name=a{}>',
  '<input type=hidden name=a value=b>',
  '<input type=hidden name=a{} value=b>',
  '<form action=/s>',
  '<li class=comment>',
  '<div class=related>',
  '<h2 class="author byline">',
  '<label for=f{}>',
  '<input id=f{} name=b>',
  '<td rowspan={}>',
  '<td colspan=9 rowspan=9>',
  '<img usemap=#m{} src=x>',
  '<map name=m{}>',
  '<area href={} coords=1,2,3,4>',
  '<svg role=img aria-label=x width=99 height=99>',
  '<iframe src={}>',
  '<video src={}>',
  '<object data={}>',
  '<button name=a value=b>',
  '<select name=s>',
  '<option value={}>',
  '<i aria-hidden=true>',
  '<style>.c{}{color:red}</style>',
  '<p class=share>',
  '<nav class=menu>',
  '<table border=1>',
  '<br>',
  '<hr>',
  '<meta name=description content=x>',
  '<a name=n{}>'
]
const ENDS = [
  '</b>',
  '</a>',
  '</p>',
  '</div>',
  '</span>',
  '</table>',
  '</td>',
  '</tr>',
  '</ul>',
  '</li>',
  '</form>',
  '</select>',
  '</font>',
  '</svg>',
  '</pre>',
  '</nav>',
  '</button>',
  '</object>',
  '</label>',
  '</dl>',
  '</blockquote>',
  '</dialog>',
  '</template>',
  '</ruby>'
]
const WORDS = [
  'x',
  ' word ',
  'word, and more of them. ',
  '\n',
  ' ',
  '&amp;',
  '漢字',
  'א',
  'é',
  '\u0301\u0316',
  '{}',
  '&nbsp;',
  'http://a.b/{}',
  '\t',
  '<!-- -->',
  '<',
  '“',
  '\u200B',
  '😀'
]

const bits = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...OPENERS) },
      { weight: 4, arbitrary: fc.constantFrom(...WITH_ATTRIBUTES) },
      { weight: 2, arbitrary: fc.constantFrom(...ENDS) },
      { weight: 3, arbitrary: fc.constantFrom(...WORDS) }
    ),
    { minLength: 1, maxLength: 5 }
  )
  .map(parts => parts.join(''))
const few = fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: bits })
const TYPES = [
  'text/plain; charset=utf-8',
  'text/markdown; charset=utf-8',
  'application/json',
  'application/xml',
  'application/rss+xml'
]
const SIGNS = [
  '[',
  ']',
  '{',
  '}',
  '(',
  ')',
  '*',
  '_',
  '`',
  '#',
  '>',
  '- ',
  '1. ',
  '|',
  '<',
  '<a>',
  '</a>',
  '"',
  '\\',
  ',',
  ':',
  '!',
  '~',
  '\n',
  '\n\n',
  '  ',
  '&amp;',
  '&',
  'http://a.b/',
  'a',
  'word ',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<item>',
  '<title>',
  '</item>',
  '=',
  '\t',
  '漢',
  '@',
  '.'
]

/** Pages that nobody has thought of. */
export const costPage: fc.Arbitrary<CostCase> = fc.record({
  piece: bits,
  before: few,
  end: few,
  after: few,
  profile: fc.constantFrom('nav3', 'mosaic', 'tiny', 'html4', 'pda'),
  view: fc.constantFrom('page', 'page', 'reader', 'menu', 'article'),
  parts: fc.boolean()
})
const OTHER: fc.Arbitrary<CostCase> = fc.record({
  piece: fc.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 5 }).map(parts => parts.join('')),
  before: fc.constantFrom('', '[', '<a>', '<rss version="2.0"><channel>', '|a|b|\n|-|-|\n', '- a\n'),
  end: fc.constantFrom('', ']', '}', '</a>', '*', '**', '](b)'),
  contentType: fc.constantFrom(...TYPES),
  profile: fc.constantFrom('nav3', 'tiny', 'mosaic')
})

/** Documents that nobody has thought of. */
export const costCase: fc.Arbitrary<CostCase> = fc.oneof(
  { weight: 3, arbitrary: costPage },
  { weight: 1, arbitrary: OTHER }
)
