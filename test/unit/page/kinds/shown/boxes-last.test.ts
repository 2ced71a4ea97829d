import t from 'tap'
import { serializeOuter } from 'parse5'
import { boxesLast } from '../../../../../src/page/kinds/shown/boxes-last.js'
import { parse } from '../../../../../src/page/tree/parse.js'
import { bodyOf } from '../../../../../src/page/tree/tree.js'

function moved(markup: string): string {
  const body = bodyOf(parse(markup, 1000).document)!
  boxesLast(body)
  return serializeOuter(body)
}

t.test('what a shop opens over its goods stands behind them', async t => {
  const lamp = '<p>A lamp that burns in any wind, made of brass and thick glass.</p>'
  t.equal(
    moved(`<div class="size-modal"><div class="modal-content">Ten inches</div></div>${lamp}`),
    `<body>${lamp}<div class="size-modal"><div class="modal-content">Ten inches</div></div></body>`
  )
  const whole = `<div role="dialog">${lamp}</div><p>Oil</p>`
  t.equal(moved(whole), `<body>${whole}</body>`, 'most of a page is no box over it')
})
