import t from 'tap'
import { findPieces } from '../../../src/page/shell/find-pieces.js'
import { isFlattened, unflattened } from '../../../src/page/shell/flattened.js'
import { readFlight } from '../../../src/page/shell/flight.js'
import { readLiteral } from '../../../src/page/shell/js-literal.js'
import { isProse } from '../../../src/page/shell/prose.js'
import { MOST_STATE_CHARACTERS, stateOf } from '../../../src/page/shell/state.js'

const SENTENCE = 'The lighthouse was built in 1871 by people of the village, who carried every stone of it up the hill.'

const valueOf = (source: string): unknown => {
  const literal = readLiteral(source, 0)
  return 'value' in literal ? JSON.parse(JSON.stringify(literal.value ?? null)) : 'none'
}

t.test('values that are written out in programs are read', async t => {
  t.strictSame(valueOf('{a:1,"b":\'x\\u00e9\\n\',c:[true,,-1.5e3,!0,!1,void 0,undefined],}'), {
    a: 1,
    b: 'xé\n',
    c: [true, -1500, true, false, null, null]
  })
  t.equal(valueOf('JSON.parse("[\\"a\\"]")')?.toString(), 'a')
  t.strictSame(valueOf('JSON.parse(decodeURIComponent("%7B%22a%22%3A1%7D"))'), { a: 1 })
  t.strictSame(valueOf('(function(a,b){return {x:a,y:[b,b]}}("1",{z:2}))'), { x: '1', y: [{ z: 2 }, { z: 2 }] })
})

t.test('what is no value is not read, and nothing is run', async t => {
  for (const source of [
    '{a:alert(1)}',
    '{a:b}',
    '[1,2',
    '"x',
    '{a 1}',
    'JSON.parse("{")',
    '`a${b}`',
    '(function(){return x})()',
    ''
  ])
    t.equal(valueOf(source), 'none', source)
  t.equal(valueOf('['.repeat(100_000)), 'none', 'however deep it is')
  const literal = readLiteral('{"__proto__":{"polluted":1},"constructor":2}', 0)
  t.ok('value' in literal && Object.hasOwn(literal.value as object, '__proto__'), 'a name like any other')
  t.equal(({} as { polluted?: unknown }).polluted, undefined)
})

t.test('flat lists, also of what is within itself', async t => {
  const list = [{ a: 1, b: 2 }, 'x', ['Reactive', 0]]
  t.ok(isFlattened(list))
  const value = unflattened(list) as { a: string; b: unknown[] }
  t.equal(value.a, 'x')
  t.equal(value.b[0], value)
  t.notOk(isFlattened([{ title: 'x' }, 'a', 'b']))
  t.notOk(isFlattened([]))
})

t.test('the rows of React, whose texts are counted in bytes', async t => {
  const rows = readFlight('1:T3,é!2:{"a":1}\n3:not json\nzz')
  t.equal(rows.get('1'), 'é!')
  t.strictSame(rows.get('2'), { a: 1 })
  t.equal(rows.has('3'), false)
})

t.test('sentences are told from code and labels', async t => {
  for (const text of [SENTENCE, `<p>${SENTENCE}</p>`, '灯台は千八百七十一年に村の人々によって丘の上に建てられました。'])
    t.ok(isProse(text), text)
  for (const text of [
    'Read more',
    'https://www.example.com/a/very/long/address/that/goes/on/and/on/and/has/no/end',
    'function a() { return b.c.d(e); } var x = function () { return 1 };',
    '.header { color: red } .footer .link { display: none; margin: 0 auto; padding: 3px }',
    'Hello {{name}}, you have {{count}} new messages in your box, please read them all soon.',
    `${'QUJD'.repeat(40)} a b c d e f g h`
  ])
    t.notOk(isProse(text), text)
})

t.test('more than is read of one page is left out', async t => {
  const json = (text: string): { type: string; address: string; id: string; text: string } => ({
    type: 'application/json',
    address: '',
    id: '',
    text: JSON.stringify({ text })
  })
  const large = json('x '.repeat(MOST_STATE_CHARACTERS / 2))
  t.equal(stateOf([json(`${SENTENCE} ${SENTENCE}`), large], []).values.length, 1)
  const many = stateOf([json(`${SENTENCE} ${SENTENCE}`)], [])
  t.equal(findPieces(many, '').length, 1)
  const posts = Array.from({ length: 2000 }, (_, at) => ({
    author: `a${at}`,
    date: '2026-01-01',
    body: `${SENTENCE} ${at}`
  }))
  t.equal(findPieces({ values: [posts], rows: new Map() }, '').length, 500)
})
