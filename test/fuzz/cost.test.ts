import t from 'tap'
import { costCase, costPage, growsToTheLimit, growsWithSize } from './cost.js'
import { fuzz } from './run.js'

// Half a minute of it: the shapes that are known are in test/cost/.
t.test('documents whose time grows with their size', async t => await fuzz(t, 'cost', 0.4, costCase, growsWithSize))

t.test('pages as large as they may be', async t => await fuzz(t, 'cost at the limit', 0.4, costPage, growsToTheLimit))
