import { clientAddress } from '../address.js'
import type { PageContext, Step } from '../step.js'
import { append, createElement, createText, attribute, isElement, prepend, type Element, type Node } from '../tree.js'

const MARK = 'data-source-line'

/** 312 KB, 900 bytes. */
export const sizeText = (bytes: number): string => bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KB`

function link (href: string, text: string): Element {
  return createElement('a', { href }, createText(text))
}

/** Article images: [1] [2] */
function imageLinks (images: readonly string[]): Node[] {
  return images.length === 0 ? [] : [createText('Article images:'), ...images.flatMap((address, at) => [createText(' '), link(address, `[${at + 1}]`)])]
}

function sourceNodes (images: readonly string[], real: string): Node[] {
  const source = [link(real, 'Original source'), createText(' (on modern site)')]
  return images.length === 0 ? source : [...source, createText(' | '), ...imageLinks(images)]
}

function lineOf (images: readonly string[], context: PageContext): Node[] {
  const real = clientAddress(context.url, context)!
  return [
    ...sourceNodes(images, real), createText(' | '),
    link(`${context.portal}/read?url=${real.slice(context.gateway.length + 'http://'.length)}`, 'Reader view'), createText(' | '),
    link(`${context.portal}/settings`, 'Looks wrong?'), createText(` | ${sizeText(context.originBytes)}, sent ${context.sentMark}`)
  ]
}

const small = (nodes: readonly Node[], { profile }: PageContext): Element => createElement(profile.elements.SMALL === undefined ? 'span' : 'small', {}, ...nodes)

/**
 * Adds the line in the manner of 68k.news: where the page comes from, its images, other views, sizes. An article that is
 * shown alone has it below its title, without the rest.
 */
export const addSourceLine: Step = {
  name: 'add-source-line',
  run (page, context) {
    const { sourceLine, images, body } = page
    if (sourceLine !== undefined) {
      if (sourceLine.childNodes.length === 0) append(sourceLine, small(sourceNodes(images, clientAddress(context.url, context)!), context))
      return
    }
    if (context.choices.originalSource === 'off' || body.childNodes.some(node => isElement(node) && attribute(node, MARK) !== undefined)) return
    const line = createElement('p', { [MARK]: '' }, small(lineOf(images, context), context))
    if (context.choices.originalSource === 'bottom') {
      append(body, createElement('hr'))
      append(body, line)
    } else {
      prepend(body, createElement('hr'))
      prepend(body, line)
    }
  }
}
