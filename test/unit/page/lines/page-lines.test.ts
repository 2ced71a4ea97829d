import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { OWN_RULES } from '../../../../src/clients/rules.js'
import { loadPageLines } from '../../../../src/workers/load-words.js'
import { createPageLines, faultOf, type Said } from '../../../../src/page/lines/page-lines.js'
import { pageLines } from '../../../helpers/context.js'

t.test('what phrases of the rules stand for', async t => {
  const lines = createPageLines({
    en: { notice: ['sign [up ](here|there)', 'lit #. times', 'this ~ is…brass'], tools: ['print[ this]', 'send'] },
    de: { counted: ['# dochte', '(kein|#) docht[ an…]'] }
  })
  const says = (said: Said, text: string): boolean => lines.says(said, text)
  for (const text of ['Sign up here', 'Sign there now', 'Lit 1.204. times', 'This lamp is really made of brass.'])
    t.ok(says('notice', text), text)
  for (const text of ['Sign up hereafter', 'Please sign here', 'Lit. times', 'This lamp is half-brass'])
    t.notOk(says('notice', text), text)
  for (const text of ['Print this', 'Print | Send', 'Send, print this']) t.ok(says('tools', text), text)
  for (const text of ['Print it', 'Send | Light', 'Printing']) t.notOk(says('tools', text), text)
  t.ok(says('counted', 'Kein Docht an der Lampe'), 'a language beside another')
  t.notOk(says('counted', '3 Dochte und mehr'), 'whole lines')
  t.notOk(says('liked', 'anything'), 'what no language says')
  const greek = createPageLines({ el: { others: ['σώος λύχνος', 'όλος', 'κλάση'] } })
  for (const text of ['ΣΏΟΣ ΛΎΧΝΟΣ', 'ΌΛΟΣ', 'όλος', 'ΚΛΆΣΗ']) t.ok(greek.says('others', text), text)
})

t.test('lines of our own rules', async t => {
  const lines: readonly (readonly [Said, string])[] = [
    ['filed', 'Abgelegt unter Lampen'],
    ['filed label', 'Schlagwörter zu diesem Artikel: Lampen'],
    ['signed', 'Eingestellt von Anna um 10:30'],
    ['counted', '1.204 Kommentare'],
    ['count label', 'Kommentare (8)'],
    ['answer', 'Leave a Reply'],
    ['notice', 'Empfohlener redaktioneller Inhalt'],
    ['notice', 'Tu dirección de correo electrónico no será publicada.'],
    ['tools', 'Artikel drucken · Artikel versenden · Leserbrief schreiben'],
    ['tools', 'Partilhar no Facebook | Tweetar no Twitter'],
    ['others', 'Les plus lus'],
    ['others', 'Mehr aus Nettelbach'],
    ['written', '3 odpowiedzi na „Lampy”'],
    ['comments', 'Leserkommentare'],
    ['sign up', 'Suscríbete para seguir leyendo'],
    ['notice', 'この記事は有料記事です'],
    ['notice', 'Нашли ошибку? Выделите её'],
    ['post tools', 'Zitieren Inhalt melden'],
    ['this entry', 'Cet article a été publié le mardi 12 mars et est classé dans Lampes'],
    ['this entry', 'Запись опубликована 12.03.2013 и размещена в рубрике Лампы'],
    ['signed', 'Napisane przez Anna, 12 marca 2013, 14:05'],
    ['notice', 'Visitas: 4821'],
    ['notice', 'Bewertung: 4 von 5 Sternen (12 Stimmen)'],
    ['notice', 'この記事は約4分で読めます'],
    ['tools', 'Druckversion | E-Mail | « Zurück zur Übersicht'],
    ['tools', 'Version imprimable'],
    ['beside', 'عن الكاتبة'],
    ['others', 'مقالات ذات صلة'],
    ['others', '16 other products in the same category'],
    ['others', 'Kunden haben sich ebenfalls angesehen'],
    ['others', 'Vous aimerez peut-être aussi'],
    ['others', 'Klienci kupili również'],
    ['others', 'С этим товаром покупают'],
    ['of site', 'Advertisement: our lamps'],
    ['back', '« Zurück zur Übersicht'],
    ['basket', 'In den Warenkorb']
  ]
  for (const [said, text] of lines) t.ok(pageLines.says(said, text), text)
  const others: readonly (readonly [Said, string])[] = [
    ['notice', 'Dieser Artikel ist nur für den Außenbereich geeignet'],
    ['notice', 'Поделиться опытом решили многие'],
    ['notice', '未经历过的夏天'],
    ['comments', 'Discussion'],
    ['notice', 'Bewertung: 4 von 5 Sternen'],
    ['notice', 'Note : cette lampe est en laiton'],
    ['this entry', 'Este artículo fue publicado en la revista Lámparas'],
    ['tools', 'Zurück zur Natur'],
    ['others', 'Популярные товары'],
    ['others', 'Ultime notizie'],
    ['beside', 'L’auteur de l’attentat arrêté'],
    ['sign up', 'Newsletter richtig gestalten']
  ]
  for (const [said, text] of others) t.notOk(pageLines.says(said, text), text)
  t.equal(pageLines.lengthOf('more', 'Lesen Sie auch: Lampen'), 'Lesen Sie auch'.length)
})

t.test('long lines take no longer for their length', async t => {
  const begun = performance.now()
  for (const text of ['Dieser Artikel wurde ', 'Drucken · ', 'Trackback ', 'Published by ', '1 ']) {
    const long = text.repeat(20_000 / text.length)
    for (const said of ['filed', 'this entry', 'signed', 'trackbacks', 'counted', 'notice', 'tools'] as const)
      pageLines.says(said, `${long}!`)
  }
  t.ok(performance.now() - begun < 2000, 'milliseconds')
})

t.test('rows of tools that two languages call alike take no longer', async t => {
  const lines = createPageLines({
    es: { tools: ['imprimir[ lámpara]'] },
    pt: { tools: ['imprimir[ lâmpada| por e-mail]'] }
  })
  t.ok(lines.says('tools', 'Imprimir | Imprimir por e-mail | Imprimir'), 'the longer one counts')
  const begun = process.cpuUsage()
  for (const own of [lines, pageLines]) t.notOk(own.says('tools', `${'imprimir '.repeat(200)}x`))
  t.ok(process.cpuUsage(begun).user < 500_000, 'microseconds')
})

t.test('phrases that are wrong are named', async t => {
  const faults: Readonly<Record<string, string>> = {
    'print (this': '( is not closed',
    'print this)': ') closes nothing',
    'print (th[is)]': ') closes nothing',
    'a…b…c…d': 'it has more than 2 …',
    '[print][ this]': 'it may say nothing',
    '(print|)': 'it may say nothing',
    '……': 'it may say nothing',
    'print|send': '| stands in no group'
  }
  for (const [phrase, fault] of Object.entries(faults)) t.equal(faultOf(phrase), fault, phrase)
  t.equal(faultOf('print? [this ](page|#)…'), undefined)
  const folder = t.testdir()
  mkdirSync(join(folder, 'schema'))
  cpSync(join(OWN_RULES, 'schema/page-lines.json'), join(folder, 'schema/page-lines.json'))
  writeFileSync(join(folder, 'page-lines.yaml'), 'en:\n  tools: [print, send (it]\n')
  t.throws(() => loadPageLines(folder), /page-lines\.yaml, line 2, en\.tools\.1: "send \(it": \( is not closed/)
})
