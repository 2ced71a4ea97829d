import fc from 'fast-check'
import t from 'tap'
import { feed, markup } from './markup.js'
import {
  CHARSET_NAMES,
  hasStories,
  isRight,
  isRightInParts,
  PROFILES,
  stepsSettle,
  writesItselfAgain,
  type PageCase
} from './pages.js'
import { fuzz } from './run.js'

const page: fc.Arbitrary<PageCase> = fc.record({
  markup,
  profile: fc.constantFrom(...PROFILES.keys()),
  charset: fc.option(fc.constantFrom(...CHARSET_NAMES), { nil: undefined, freq: 3 }),
  view: fc.constantFrom('page', 'page', 'page', 'reader', 'menu', 'article'),
  images: fc.constantFrom('inline', 'inline', 'links', 'off'),
  originalSource: fc.constantFrom('bottom', 'top', 'off'),
  display: fc.constantFrom('col256', 'mono512', 'tv544'),
  gateway: fc.constantFrom('', '', 'http://proxy.lan:8080/'),
  contentType: fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'text/plain',
        'text/markdown',
        'application/json',
        'application/rss+xml',
        'application/xhtml+xml',
        'text/xml; charset=utf-8',
        'text/html; charset=windows-1252',
        'text/html'
      )
    }
  )
})

/** Parts are so small that pages of a test have some. Bytes. */
const inParts: fc.Arbitrary<PageCase> = fc
  .tuple(page, fc.integer({ min: 2500, max: 6000 }))
  .map(([page, pageBytes]) => ({ ...page, view: 'page', pageBytes }))

t.test('every page is right', async t => await fuzz(t, 'a page', 0.35, page, isRight))
t.test('parts of pages', async t => await fuzz(t, 'parts', 0.2, inParts, isRightInParts))
t.test('steps that run twice', async t => await fuzz(t, 'steps', 0.15, page, page => stepsSettle(page)))
t.test('pages that are written again', async t => await fuzz(t, 'writer', 0.2, page, writesItselfAgain))
t.test('feeds', async t => await fuzz(t, 'feeds', 0.1, feed, hasStories))
