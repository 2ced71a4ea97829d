import t from 'tap'
import { withGoods } from '../../../../../src/page/kinds/shown/goods.js'
import { knownContent, textsOf } from '../../../../helpers/known-content.js'

t.test('goods of a shop are shown beside much prose', t => {
  const good = (name: string): string =>
    `<li class=g><a href=${name}><img src=x></a><p><a href=${name}>${name} lamp of brass</a></p><p>$12.50</p><p>Add to basket</p></li>`
  const goodsIn = (markup: string, likely: number): string[] => {
    const { content } = knownContent(markup, { Prose: 0.9, Tall: likely, Small: likely, Round: likely, Old: likely })
    return textsOf(withGoods(content, content.chosen))
  }
  const goods = ['Tall', 'Small', 'Round', 'Old'].map(good)
  const page = `<p>Prose of lamps that is long enough</p><ul>${goods.join('')}</ul>`
  const names = ['Old', 'Round', 'Small', 'Tall'].map(name => `${name} lamp of brass`)
  const all = ['$12.50', '$12.50', '$12.50', '$12.50', ...names, 'Prose of lamps that is long enough'].sort()
  t.same(goodsIn(page, 0.25), all, 'with their prices, and not what their buttons do')
  t.same(goodsIn(page, 0.1).length, 1, 'but not those that are surely of something else')
  t.same(goodsIn(`<p>Prose</p><ul>${goods.slice(1).join('')}</ul>`, 0.25).length, 1, 'nor a few')
  t.same(goodsIn(`${page}<p>${'More of it '.repeat(60)}</p>`, 0.25).length, 1, 'nor those that are little of the page')
  t.same(goodsIn(page.replaceAll('$12.50', 'Soon'), 0.25).length, 1, 'nor what has no price')
  const many = `<p>Prose of lamps</p><ul>${[...goods, ...goods].join('')}</ul><p>${'More of it '.repeat(60)}</p>`
  t.same(goodsIn(many, 0.15).length, 17, 'many of them where they are less of the page, and less likely')
  t.same(goodsIn(many, 0.05).length, 1, 'but not those that surely are of something else')
  t.end()
})

t.test('goods of which a part is shown have their names and what they cost now', t => {
  const good = (name: string): string =>
    `<li class=g><p><a href=${name}>${name} lamp of brass</a></p><p>Model ${name}-7</p><div class=old><s>$19.50</s></div><div class=now>$12.50</div></li>`
  const page = `<p>Prose of lamps</p><ul>${['Tall', 'Small', 'Round', 'Old'].map(good).join('')}</ul><p>${'More of it '.repeat(90)}</p>`
  const shownOf = (known: Record<string, number>, isForSale: boolean): string[] => {
    const { content } = knownContent(page, { Prose: 0.9, ...known })
    return textsOf(withGoods(content, content.chosen, { isForSale }))
  }
  const models = { 'Model Tall': 0.9, 'Model Small': 0.9, 'Model Round': 0.9, 'Model Old': 0.9 }
  const ofModels = shownOf(models, false)
  t.ok(ofModels.includes('Tall lamp of brass') && ofModels.includes('$12.50'), 'where something else of them is shown')
  const names = { 'Tall lamp': 0.9, 'Small lamp': 0.9, 'Round lamp': 0.9, 'Old lamp': 0.9 }
  t.equal(shownOf(names, false).filter(text => text === '$12.50').length, 4, 'where their names are')
  t.equal(shownOf(names, false).filter(text => text === '$19.50').length, 4, 'and what they cost before')
  t.notOk(shownOf(names, true).includes('$12.50'), 'not beside one thing for sale')
  t.end()
})
