import { clientAddress } from '../address.js'
import type { PageContext, Step } from '../step.js'
import { append, createElement, createText, attribute, isElement, prepend, type Element, type Node } from '../tree.js'

const MARK = 'data-source-line'

/** 312 KB, 900 bytes. */
export const sizeText = (bytes: number): string => bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KB`

function link (href: string, text: string): Element {
  return createElement('a', { href }, createText(text))
}

function lineOf (images: readonly string[], context: PageContext): Node[] {
  const real = clientAddress(context.url, context)!
  const nodes: Node[] = [link(real, 'Original source'), createText(' (on modern site) | ')]
  if (images.length > 0) {
    nodes.push(createText('Article images:'))
    images.forEach((address, at) => nodes.push(createText(' '), link(address, `[${at + 1}]`)))
    nodes.push(createText(' | '))
  }
  nodes.push(link(`${context.portal}/read?url=${real.slice(context.gateway.length + 'http://'.length)}`, 'Reader view'), createText(' | '))
  nodes.push(link(`${context.portal}/settings`, 'Looks wrong?'), createText(` | ${sizeText(context.originBytes)}, sent ${context.sentMark}`))
  return nodes
}

/** Adds the line in the manner of 68k.news: where the page comes from, its images, other views, sizes. */
export const addSourceLine: Step = {
  name: 'add-source-line',
  run (page, context) {
    if (context.choices.originalSource === 'off' || page.body.childNodes.some(node => isElement(node) && attribute(node, MARK) !== undefined)) return
    const line = createElement('p', { [MARK]: '' }, createElement(context.profile.elements.SMALL === undefined ? 'span' : 'small', {}, ...lineOf(page.images, context)))
    if (context.choices.originalSource === 'bottom') {
      append(page.body, createElement('hr'))
      append(page.body, line)
    } else {
      prepend(page.body, createElement('hr'))
      prepend(page.body, line)
    }
  }
}
