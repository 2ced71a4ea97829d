import t from 'tap'
import { createPageLines, type Said } from '../../../../src/page/lines/page-lines.js'
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
    ['tools', 'Artikel drucken · Artikel versenden · Leserbrief schreiben']
  ]
  for (const [said, text] of lines) t.ok(pageLines.says(said, text), text)
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
