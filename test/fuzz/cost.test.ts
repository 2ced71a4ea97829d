import t from 'tap'
import { costCase, costPage, growsToTheLimit, growsWithSize } from './cost.js'
import { largeDocument, largePage } from './large.js'
import { fuzz } from './run.js'

// A minute and a half of it: the shapes that are known are in test/cost/.
t.test('documents whose time grows with their size', async t => await fuzz(t, 'cost', 0.4, costCase, growsWithSize))

t.test('pages as large as they may be', async t => await fuzz(t, 'cost at the limit', 0.4, costPage, growsToTheLimit))

t.test('long runs in deep wrappers', async t => await fuzz(t, 'large pages', 0.4, largePage, growsToTheLimit))

t.test(
  'documents of other kinds as large as they may be',
  async t => await fuzz(t, 'large documents', 0.15, largeDocument, growsToTheLimit)
)
