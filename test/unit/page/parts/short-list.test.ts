import t from 'tap'
import { shortened } from '../../../../src/page/parts/short-list.js'

const bytes = (text: string): number => text.length
const listOf = (selected: number): string =>
  `<SELECT NAME=town>\n${Array.from({ length: 100 }, (_, at) => `<OPTION VALUE=${at}${at === selected ? ' SELECTED' : ''}>Town ${at}\n`).join('')}</SELECT>`

t.test('a list that is too long for a part', async t => {
  const short = shortened(listOf(90), { bytes, most: 300 })
  t.ok(short.startsWith('<SELECT NAME=town>\n<OPTION VALUE=0>Town 0\n<OPTION VALUE=1>Town 1\n'), 'has what comes first')
  t.match(short, '<OPTION VALUE=90 SELECTED>Town 90\n</SELECT> [', 'and what is selected')
  t.ok(short.length <= 300, 'and fits')
  t.notMatch(short, 'Town 50')
  t.equal(short.split('</SELECT>').length, 2)
  const said = shortened(listOf(90).replace(/VALUE=(\d+)/g, 'VALUE="IS SELECTED > $1"'), { bytes, most: 400 })
  t.match(said, /90" SELECTED>Town 90\n<\/SELECT> \[/, 'not what its value calls so')
})

t.test('another control that is too long', async t => {
  t.match(shortened(`<TEXTAREA NAME=a>${'a'.repeat(900)}</TEXTAREA>`, { bytes, most: 300 }), 'left out')
  t.match(shortened(`<SELECT NAME=a><OPTION SELECTED>${'a'.repeat(900)}</SELECT>`, { bytes, most: 300 }), 'left out')
})
