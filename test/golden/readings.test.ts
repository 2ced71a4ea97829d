import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { bodyOf, createElement, plainText } from '../../src/page/tree/tree.js'
import { parse } from '../../src/page/tree/parse.js'
import { convertPage, jobFor, profileOf } from '../helpers/context.js'
import { ROOT } from '../helpers/root.js'

const FOLDER = join(ROOT, 'test', 'golden', 'readings')

/** As it may stand on the old machine. */
const plain = (text: string): string =>
  text
    .replace(/[„“”"]/g, '"')
    .replace(/[–—]/g, '-')
    .replace(/…|\.\.\./g, '')
    .replace(/\s+/g, ' ')

/** What a fixture says in a comment at its beginning. */
const listIn = (markup: string, name: string): string[] =>
  (new RegExp(`^<!-- ${name}: (.*) -->$`, 'm').exec(markup)?.[1] ?? 'Alte Mühle wird zum Museum').split(' | ').map(plain)

/** The same article as systems for publishing of many years put it on a page, in another language than what was learnt. */
t.test('the reader keeps an article and leaves what stands around it, in other languages as well', async t => {
  const names = readdirSync(FOLDER).filter(name => name.endsWith('.html'))
  t.equal(names.length, 56)
  for (const name of names) {
    const markup = readFileSync(join(FOLDER, name), 'utf8')
    const job = jobFor(Buffer.from(markup), profileOf('html4'), {
      view: 'reader',
      url: `http://www.example.org/${name}`,
      contentType: 'text/html; charset=utf-8'
    })
    const { document } = parse(new TextDecoder('windows-1252').decode(convertPage(job).body), 10_000)
    const text = plain(plainText(bodyOf(document) ?? createElement('body')))
    for (const title of listIn(markup, 'title')) t.ok(text.includes(title), `${name} has its title`)
    for (const stays of listIn(markup, 'stays')) t.ok(text.includes(stays), `${name}: ${stays} stays`)
    for (const goes of listIn(markup, 'goes')) t.notOk(text.includes(goes), `${name}: ${goes} goes`)
  }
})
