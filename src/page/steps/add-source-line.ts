import { sizeText } from '../write/size-text.js'
import { writtenAddress } from '../addresses/address.js'
import { viewAddress } from '../addresses/view-address.js'
import { archiveLink, feedLinks, joined, link } from '../article/ways-on.js'
import type { Page, PageContext, Step } from '../step.js'
import {
  append,
  createElement,
  createText,
  attribute,
  isElement,
  prepend,
  type Element,
  type Node
} from '../tree/tree.js'

const MARK = 'data-source-line'

/** Article images: [1] [2] */
function imageLinks(images: readonly string[]): Node[] {
  return images.length === 0
    ? []
    : [
        createText('Article images:'),
        ...images.flatMap((address, at) => [createText(' '), link(address, `[${at + 1}]`)])
      ]
}

/** fetched 312 KB in 4 requests, sent 9 KB */
const figures = ({ choices, originBytes, requests, sentMark }: PageContext): Node[] =>
  choices.figures === 'on'
    ? [
        createText(
          `fetched ${sizeText(originBytes)} in ${requests} ${requests === 1 ? 'request' : 'requests'}, sent ${sentMark}`
        )
      ]
    : []

function sourceNodes(images: readonly string[], context: PageContext): Node[] {
  const url = context.formOf ?? context.url
  return joined([
    [link(writtenAddress(url, context), 'Original source'), createText(' (on modern site)')],
    context.choices.archiveLink === 'on' ? archiveLink(url, context) : [],
    imageLinks(images)
  ])
}

function lineOf(page: Page, context: PageContext): Node[] {
  return joined([
    sourceNodes(page.images, context),
    [link(viewAddress({ portal: context.portal, url: context.url }, 'read'), 'Reader view')],
    [link(`${context.portal}/settings`, 'Looks wrong?')],
    context.choices.feedLinks === 'on' ? feedLinks(page, context) : [],
    figures(context)
  ])
}

const small = (nodes: readonly Node[], { profile }: PageContext): Element =>
  createElement(profile.elements.SMALL === undefined ? 'span' : 'small', {}, ...nodes)

/**
 * Adds a line like that of 68k.news: the source of the page, its images, other views, its feeds, sizes. An article that
 * is shown alone has the source below its title, without the rest.
 */
export const addSourceLine: Step = {
  name: 'add-source-line',
  run(page, context) {
    const { sourceLine, images, body } = page
    if (sourceLine !== undefined) {
      if (sourceLine.childNodes.length === 0) append(sourceLine, small(sourceNodes(images, context), context))
      return
    }
    if (
      context.choices.originalSource === 'off' ||
      body.childNodes.some(node => isElement(node) && attribute(node, MARK) !== undefined)
    )
      return
    const line = createElement('p', { [MARK]: '' }, small(lineOf(page, context), context))
    if (context.choices.originalSource === 'bottom') {
      append(body, createElement('hr'))
      append(body, line)
    } else {
      prepend(body, createElement('hr'))
      prepend(body, line)
    }
  }
}
