import { waysOn } from '../shell/ways-on.js'
import type { Lack, Step } from '../step.js'
import { append, attribute, createElement, createText, isElement, plainText, prepend } from '../tree/tree.js'

const MARK = 'data-lack'
/** What a reader view is worth a link for. Characters. */
const LEAST_ARTICLE = 200

const sentenceOf = (lack: Lack): string => {
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
    const { body, lack, sourceLine } = page
    if (lack === undefined || body.childNodes.some(node => isElement(node) && attribute(node, MARK) !== undefined))
      return
    const hasArticle = sourceLine === undefined && lack.kind === 'shell' && plainText(body).length > LEAST_ARTICLE
    const ways = waysOn(page, context, hasArticle && lack.found)
    const box = createElement(
      'div',
      { [MARK]: '' },
      createElement('p', {}, createElement('b', {}, createText(sentenceOf(lack)))),
      ...(ways === undefined ? [] : [ways])
    )
    if (lack.kind === 'shell') append(body, box)
    else prepend(body, box)
  }
}
