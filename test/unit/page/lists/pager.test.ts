import t from 'tap'
import { isPager } from '../../../../src/page/lists/pager.js'
import { parse } from '../../../../src/page/tree/parse.js'
import { bodyOf } from '../../../../src/page/tree/tree.js'

const is = (...labels: readonly string[]): boolean =>
  isPager(bodyOf(parse(`<div>${labels.map(label => `<a href=/p>${label}</a> `).join('')}</div>`, 100).document)!)

t.test('what leads from page to page, in many languages', async t => {
  t.ok(is('First', 'Previous', '1', '2', 'Next'))
  t.ok(is('Vorherige Seite', '2', 'Nächste'))
  t.ok(is('Poprzednia', '1', '2', 'Następna'))
  t.ok(is('Предыдущая', 'Следующая'))
  t.ok(is('前へ', '1', '2', '次へ'))
  t.notOk(is('Lamps', 'Wicks'))
  t.notOk(is('Next'), 'one link is no pager')
})
