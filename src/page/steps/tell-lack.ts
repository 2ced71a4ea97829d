import { isScripted } from '../shell/is-shell.js'
import { waysOn } from '../shell/ways-on.js'
import type { Lack, Page, PageContext, Step } from '../step.js'
import { hasText } from '../tree/holders.js'
import { append, attribute, contains, createElement, createText, isElement, plainText, prepend } from '../tree/tree.js'

const MARK = 'data-lack'
/** What a reader view is worth a link for. Characters. */
const LEAST_ARTICLE = 200

/** What a person sees or uses without any text beside it. */
const SEEN = new Set(['img', 'input', 'select', 'textarea', 'button', 'isindex', 'object', 'embed', 'applet'])

/** What is missing of a page that shows nothing, whatever there was; undefined for all others. */
function lackOfAll(page: Page, { refusal }: PageContext): Lack | undefined {
  const { body, frames } = page
  if (frames !== undefined || hasText(body) || contains(body, ({ tagName }) => SEEN.has(tagName))) return undefined
  return isScripted(page) && refusal === undefined ? { kind: 'shell', found: false } : { kind: 'nothing' }
}

const sentenceOf = (lack: Lack, { refusal }: PageContext): string => {
  if (lack.kind === 'nothing')
    return refusal === undefined
      ? 'The site answered, but there is nothing on this page.'
      : `The site did not send this page. It said "${refusal}", and nothing else.`
  if (lack.kind === 'challenge')
    return `This site asks visitors to prove that they are no robots, which needs scripts (${lack.by}).`
  if (lack.kind === 'consent') return 'This site asks for consent before it shows anything, which may need scripts.'
  return lack.found
    ? 'This page is made by scripts. What stands here was in its data; the rest needs a browser that runs them.'
    : 'This page is made by scripts, which your browser cannot run.'
}

/** Says why there is no more of a page, and names the ways on that exist. */
export const tellLack: Step = {
  name: 'tell-lack',
  run(page, context) {
    const { body, sourceLine } = page
    const lack = page.lack ?? lackOfAll(page, context)
    if (lack === undefined || body.childNodes.some(node => isElement(node) && attribute(node, MARK) !== undefined))
      return
    page.lack = lack
    const hasArticle = sourceLine === undefined && lack.kind === 'shell' && plainText(body).length > LEAST_ARTICLE
    const ways = waysOn(page, context, hasArticle && lack.found)
    const box = createElement(
      'div',
      { [MARK]: '' },
      createElement('p', {}, createElement('b', {}, createText(sentenceOf(lack, context)))),
      ...(ways === undefined ? [] : [ways])
    )
    if (lack.kind === 'shell') append(body, box)
    else prepend(body, box)
  }
}
