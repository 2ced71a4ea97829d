import { serialize } from 'parse5'
import t from 'tap'
import { parseFeed } from '../../../../../src/page/read/readers/feed-items.js'
import { withOwnEntities } from '../../../../../src/page/read/readers/own-entities.js'
import { readDocument } from '../../../../../src/page/read/readers.js'

const shown = (text: string, type: string): string => {
  const limits = { columns: 80, maxElements: 1000 }
  return serialize(readDocument(Buffer.from(text), type, new URL('http://a.test/feed'), limits).document)
}
const rss = (title: string, doctype = ''): string =>
  `<?xml version="1.0"?>${doctype}<rss version="2.0"><channel><title>Feed</title><item><title>${title}</title><link>http://a.test/1</link></item></channel></rss>`

t.test('what a site says before its feed', t => {
  const warning = '<br />\n<b>Warning</b>: Undefined index in /x.php on line 3<br />\n'
  for (const type of ['text/xml', 'application/rss+xml', 'text/html'])
    t.match(shown(warning + rss('One'), type), /<a href="http:\/\/a\.test\/1">One<\/a>/, type)
  t.match(shown(`<html><p>Code:</p>${rss('One')}`, 'text/html'), /<p>Code:/, 'a page stays a page')
  t.end()
})

t.test('entities of its own document type', t => {
  const doctype = '<!DOCTYPE rss [<!ENTITY corp "ACME"><!ENTITY lt "no"><!ENTITY two "&corp;&corp;">]>'
  t.equal(parseFeed(rss('One &corp; x', doctype)).items[0]?.title.value, 'One ACME x')
  t.match(withOwnEntities(rss('a &lt; &two;', doctype)), /<title>a &lt; &two;</, 'others stay')
  const many = withOwnEntities(rss('&corp;'.repeat(5000), doctype))
  t.equal(many.split('ACME').length, 1002, 'as many as are bearable')
  t.end()
})

t.test('bases below the root', t => {
  const entry = (base: string, href: string): string | undefined =>
    parseFeed(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.test/a/"><title>F</title><entry xml:base="${base}"><id>1</id><title>One</title><link href="${href}"/></entry></feed>`
    ).items[0]?.link
  t.equal(entry('b/', 'c'), 'b/c', 'relative to that of the feed')
  t.equal(entry('b/', '/c'), '/c')
  t.equal(entry('http://b.test/d/', 'c'), 'http://b.test/d/c')
  t.equal(entry('b/', 'http://c.test/'), 'http://c.test/')
  t.equal(entry('b/'.repeat(1000), 'c'), `${'b/'.repeat(1000)}c`)
  t.equal(entry('b/'.repeat(1001), 'c'), 'c', 'one that is too long would be written before each address')
  t.end()
})

t.test('addresses within an entry, and a picture beside its text', t => {
  const feed = (inner: string): string =>
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:base="http://a.test/a/"><title>F</title><entry xml:base="b/"><id>1</id><title>One</title>${inner}</entry></feed>`
  const content = (html: string): string => `<content type="html">${html.replaceAll('<', '&lt;')}</content>`
  const picture = '<media:group><media:thumbnail url="http://a.test/t.jpg"/></media:group>'
  t.match(shown(feed(content('<a href="d">d</a> <img src="/e.gif">')), 'text/xml'), /href="b\/d".*src="\/e\.gif"/)
  t.match(shown(feed(content('Words') + picture), 'text/xml'), /<img src="http:\/\/a\.test\/t\.jpg" alt="">.*Words/)
  t.notMatch(shown(feed(content('<img src="f.gif">') + picture), 'text/xml'), /t\.jpg/, 'not beside one of its own')
  t.end()
})
