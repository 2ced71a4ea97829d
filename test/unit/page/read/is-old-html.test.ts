import t from 'tap'
import { convertPage, jobFor, profileOf } from '../../../helpers/context.js'

const shown = (page: string): string =>
  Buffer.from(convertPage(jobFor(Buffer.from(page), profileOf('nav3'))).body).toString('latin1')

const LINES = '<p>One more line of the guest book.</p>\n'.repeat(3000)
const OLD = '<body bgcolor="#003366" text="#FFFFFF">'

t.test('a long page comes as it was, if it surely is of its time', async t => {
  t.match(shown(`<title>T</title>${OLD}${LINES}`), '<BODY BGCOLOR="#003366" TEXT="#FFFFFF">')
  t.notMatch(shown(`<title>T</title>${OLD}${LINES}`), /Original source/)
  t.match(shown(`<title>T</title><body>${LINES}`), /Original source/, 'it may be of any time')
  t.match(shown(`<title>T</title><body>One more line`), /^(?![^]*Original source)/, 'short ones are old')
  t.match(shown(`<title>T</title>${OLD}${LINES.repeat(10)}`), /Original source/, 'nobody wrote so much')
})

t.test('HTML 4 of its time', async t => {
  const page = (type: string, body: string): string =>
    shown(`<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML ${type}//EN"><title>T</title>${body}<p>Hello`)
  for (const type of ['4.0 Transitional', '4.0 Frameset'])
    t.match(page(type, OLD), '<BODY BGCOLOR="#003366" TEXT="#FFFFFF">', type)
  t.match(page('4.0', OLD), /Original source/, 'the strict one has no such attributes')
  t.match(page('4.01 Transitional', OLD), /Original source/, 'that was written for twenty years')
  t.match(page('4.0 Transitional', '<body>'), /Original source/, 'nothing else in it is old')
})

t.test('elements that every client is sent as others', async t => {
  for (const list of ['<dir><li>one</dir>', '<menu><li>one</menu>', '<xmp><b>one</b></xmp>', '<listing>one</listing>'])
    t.match(shown(`<title>T</title>${OLD}${list}<p>Hello`), /^(?![^]*Original source)/, list)
})
