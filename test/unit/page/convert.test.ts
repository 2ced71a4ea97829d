import t from 'tap'
import { VIEWS } from '../../../src/page/step.js'
import { convertPage, jobFor, profileOf } from '../../helpers/context.js'

/** A page that has a word wherever a page may have one of its own where we know some: in tables of ours it is none. */
const pageWith = (word: string): string => `<html lang=${word} dir=${word}><head><meta name=${word} content=${word}>
<meta property=${word} content=x><link rel=${word} href=a><style media=${word}>p{${word}:${word};color:${word}}</style>
<title>A page</title></head><body ${word}=1><p align=${word} role=${word} class=${word} style="${word}:${word};display:${word}">One</p>
<img src=a.png usemap="#m" align=${word} loading=${word} width=100 height=100 alt=Plan>
<map name=m><area shape=${word} coords="1,1,20,20" href=b alt=House></map>
<form action=c method=${word} enctype=${word}><input type=${word} name=${word}><button type=${word}>Go</button></form>
<ol type=${word}><li type=${word} value=${word}>Two</ol><ul type=${word}><li>Three</ul>
<table align=${word} frame=${word}><tr valign=${word}><th scope=${word}>Four<td align=${word}>Five</table>
<${/^[a-z]+$/i.test(word) ? word : 'i'}>Six</${word}>&${word}; <a href=d rel=${word} target=${word}>Seven</a>
<iframe src=e loading=${word}></iframe><video src=f preload=${word}></video><br clear=${word}><font size=${word} color=${word}>x</font>
<script type="application/ld+json">{"@type":"${word}","${word}":"${word}"}</script></body></html>`

t.test('names of what every object has are words like any other', t => {
  for (const word of Object.getOwnPropertyNames(Object.prototype)) {
    // Of the same length and kind, so that it is quoted as the word is, and lines end where they did.
    // Of the same length and kind, so that it is quoted as the word is, and lines end where they did.
    const other = word.replace(/[a-z]/gi, 'z')
    for (const id of ['mosaic', 'nav3', 'html4']) {
      for (const view of VIEWS) {
        const written = (text: string): string =>
          Buffer.from(convertPage(jobFor(Buffer.from(text), profileOf(id), { view })).body)
            .toString('latin1')
            .replaceAll(new RegExp(word, 'gi'), other)
        t.equal(written(pageWith(word)), written(pageWith(other)), `${word} for ${id}, as ${view}`)
      }
    }
  }
  t.end()
})
