import t from 'tap'
import { OWN_RULES } from '../../../../src/clients/rules.js'
import { readRules } from '../../../../src/config/read-rules.js'
import { surveyBlocks } from '../../../../src/page/content/blocks.js'
import { createReadIn, type LanguageRules, type Reading } from '../../../../src/page/content/languages.js'
import { wordsOf } from '../../../../src/page/content/words.js'
import { parse } from '../../../../src/page/tree/parse.js'
import { bodyOf } from '../../../../src/page/tree/tree.js'

const RULES = readRules<LanguageRules>(OWN_RULES, 'languages').value
const readIn = createReadIn(RULES)

/** How a page with one paragraph is read. */
const readingOf = (text: string): Reading =>
  readIn(surveyBlocks(bodyOf(parse(`<p>${text}</p>`, 100).document)!, () => false).blocks)

const read = (text: string, label: string): string => readingOf(text).words(wordsOf(label)).join(' ')

const GERMAN = 'Der Wärter zählte die Schiffe und schrieb ihre Namen in das Buch, wie er es seit Jahren tat.'

t.test('a label is read as an English one, in the language of the running text', async t => {
  t.equal(read(GERMAN, 'Das könnte Sie auch interessieren'), 'you may also like')
  t.equal(read(GERMAN, '3. Mai 2019 von Anna'), '3 may 2019 of anna', 'words within others')
  t.equal(read(GERMAN, 'Lampen'), 'lampen', 'and what is not known as it stands')
  t.equal(read('Le gardien comptait les navires et écrivait leurs noms dans son livre.', 'Lire la suite'), 'read more')
  t.equal(read('El guardián contaba los barcos y escribía sus nombres en el libro.', 'Leer más'), 'read more')
  t.equal(read('Смотритель считал корабли и писал их имена в книгу, как и всегда.', 'Читать далее'), 'read more')
  t.equal(
    read('A torony őre és a fia hajókat számolt, hogy a nevüket a könyvbe írja.', 'Kapcsolódó cikkek'),
    'related articles'
  )
  t.equal(read('Majakanvartija laski laivat ja kirjoitti, että ne ovat tulleet satamaan.', 'Lue lisää'), 'read more')
  t.equal(
    read('Paznicul farului număra de ani corăbiile și scria numele lor în cartea de la fereastră.', 'Citește mai mult'),
    'read more'
  )
  t.equal(read('Доглядач рахував кораблі та писав їхні імена у книгу, як і завжди.', 'Читати далі'), 'read more')
  t.equal(
    read('Strážca bol na majáku a počítal lode, ktoré boli pre neho ako priatelia.', 'Súvisiace články'),
    'related articles'
  )
  t.equal(read('등대지기는 배를 세고 그 이름을 책에 적었고 그리고 다시 불을 켰다.', '관련기사'), 'related articles')
  t.equal(read('كان حارس المنارة يعد السفن التي تمر من هنا ثم يكتب في كتابه.', 'اقرأ المزيد'), 'read more')
  t.equal(read('灯台守は船を数え、その名前を本に書き、夕暮れにランプを灯した。', '関連記事'), 'related articles')
  t.equal(read('守塔人数着船只，把它们的名字写进书里，黄昏时点亮了灯。', '相关文章'), 'related articles')
})

t.test('the names of elements as well', async t => {
  t.equal(readingOf(GERMAN).name('kommentare'), 'comments')
  t.equal(readingOf(GERMAN).name('lampen'), 'lampen')
})

t.test('an English page is read as it stands, and one that says too little', async t => {
  const english = 'The keeper of the lighthouse counted the ships and wrote their names into his book.'
  t.equal(read(english, 'Das ist die Suche'), 'das ist die suche')
  t.equal(read('Lampen', 'Das ist die Suche'), 'das ist die suche')
})

t.test('no text has two meanings in one language, and all are as words are compared', async t => {
  for (const [language, { says, names = {} }] of Object.entries(RULES))
    for (const meanings of [says, names]) {
      const all = Object.values(meanings).flatMap(said => said.split(/,\s*/))
      t.same(
        all.filter((said, at) => all.indexOf(said) !== at),
        [],
        `${language}: twice`
      )
      t.same(
        all.filter(said => wordsOf(said).join(' ') !== said),
        [],
        `${language}: not plain`
      )
    }
})
