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

const others = ({ portal, url }: PageContext): Array<readonly Node[]> => [
  [link(viewAddress({ portal, url }, 'read'), 'Reader view')],
  [link(`${portal}/settings`, 'Looks wrong?')]
]

const lineOf = (page: Page, context: PageContext): Node[] =>
  joined([
    sourceNodes(page.images, context),
    ...others(context),
    context.choices.feedLinks === 'on' ? feedLinks(page, context) : [],
    figures(context)
  ])

const small = (nodes: readonly Node[], { profile }: PageContext): Element =>
  createElement(profile.elements.SMALL === undefined ? 'span' : 'small', {}, ...nodes)

/** Adds the line to a page that has none. */
function addLine(page: Page, context: PageContext, further: Element): void {
  const { body } = page
  const line = createElement('p', { [MARK]: '' }, small(lineOf(page, context), context))
  const rule = createElement('hr')
  if (context.choices.originalSource === 'bottom') {
    append(body, rule)
    append(body, line)
    page.line = { place: 'bottom', edge: rule, further }
  } else {
    page.line = { place: 'top', edge: body.childNodes[0], further }
    prepend(body, rule)
    prepend(body, line)
  }
}

/**
 * Adds a line like that of 68k.news: the source of the page, its images, other views, its feeds, sizes. An article that
 * is shown alone has the source below its title, without the rest. Further parts of a long page have it too.
 */
export const addSourceLine: Step = {
  name: 'add-source-line',
  run(page, context) {
    const { sourceLine, images, body } = page
    const isOff = context.choices.originalSource === 'off'
    if (sourceLine !== undefined) {
      if (sourceLine.childNodes.length > 0) return
      append(sourceLine, small(sourceNodes(images, context), context))
      if (!isOff) page.line = { place: 'bottom', edge: undefined, further: small(sourceNodes([], context), context) }
      return
    }
    if (isOff || body.childNodes.some(node => isElement(node) && attribute(node, MARK) !== undefined)) return
    addLine(page, context, small(joined([sourceNodes([], context), ...others(context)]), context))
  }
}
