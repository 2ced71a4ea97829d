import t from 'tap'
import { convertPage, jobFor, profileOf } from '../../../helpers/context.js'

t.test('"Article images" counts no logo', async t => {
  const page = `<!doctype html><title>Ferry</title><img src="/img/site-logo.png" width=400 height=90>
<h1>Ferry</h1><p>The ferry sails again. <img src="/harbour.jpg" width=400 height=300></p>`
  const { body } = convertPage(jobFor(Buffer.from(page), profileOf('cern')))
  const text = Buffer.from(body).toString('latin1').replace(/\s+/g, ' ')
  t.match(text, /Article images: <A HREF="[^"]*harbour\.jpg[^"]*">\[1\]<\/A> \|/)
  t.notMatch(text, /logo/)
})
