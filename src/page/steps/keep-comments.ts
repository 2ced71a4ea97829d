import { viewAddress } from '../addresses/view-address.js'
import { DONE } from '../article/show-article.js'
import { commentsIn } from '../kinds/kinds.js'
import { takeComments } from '../posts/comments.js'
import type { Step } from '../step.js'
import { append, createElement, createText } from '../tree/tree.js'

/** Keeps what was written about the content of a page, and nothing else: the page behind "Comments". */
export const keepComments: Step = {
  name: 'keep-comments',
  run(page, context) {
    const { body, content, title } = page
    if (body.attrs.some(({ name }) => name === DONE)) return
    const comments = commentsIn(page)
    const all =
      comments === undefined || content === undefined
        ? undefined
        : takeComments(content.survey, comments, context.pageLines)
    body.childNodes = []
    body.attrs = [{ name: DONE, value: '' }]
    const name = comments === undefined ? 'No comments' : `${comments.name} (${comments.count})`
    const back = createElement('a', { href: viewAddress(context, 'read') }, createText(`< Back to ${title}`))
    append(body, createElement('p', {}, createElement('small', {}, back)))
    append(body, createElement('h1', {}, createText(name)))
    append(body, all ?? createElement('p', {}, createText('This page has none that can be read without its scripts.')))
  }
}
