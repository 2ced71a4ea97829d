import t from 'tap'
import { isForReaders, isForWriters } from '../../../../src/page/article/for-readers.js'
import { createElement } from '../../../../src/page/tree/tree.js'

t.test('classes say which words are for screen readers or machines alone', t => {
  const isSo = (name: string): boolean => isForReaders(createElement('span', { class: name }))
  t.same(
    ['sr-only', 'updated rich-snippet-hidden', 'price screen-reader-text', 'rating__caption-sr_15'].filter(isSo).length,
    4
  )
  t.same(['', 'hidden', 'rich-snippet', 'srcset', 'screen'].filter(isSo), [], 'others do not')
  t.end()
})

t.test('and which are for those who write the page', async t => {
  const isSo = (name: string): boolean => isForWriters(createElement('span', { class: name }))
  t.same(['editsection', 'mw-editsection like'].filter(isSo).length, 2)
  t.same(['', 'edit', 'section', 'mw-editsection-bracket'].filter(isSo), [], 'others do not')
})
