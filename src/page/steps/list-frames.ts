import { parseFragment } from 'parse5'
import type { Step } from '../step.js'
import { append, attribute, createElement, createText, elements, prepend, remove, replace, textOf, type Element } from '../tree.js'

/** NOFRAMES is raw text to the parser: its content is parsed now. */
function showNoframes (noframes: Element, names: Set<string>): void {
  const content = parseFragment(textOf(noframes))
  for (const element of elements(content, 'script', 'style', 'link', 'meta', 'base', 'title')) remove(element)
  for (const element of elements(content)) names.add(element.tagName)
  replace(noframes, ...content.childNodes)
}

/** Turns a frameset into a list of its frames, followed by what it shows to browsers without frames. */
export const listFrames: Step = {
  name: 'list-frames',
  run ({ body, names }) {
    if (!names.has('frameset') && !names.has('noframes')) return
    const list = createElement('ul')
    for (const frame of elements(body, 'frame')) {
      const address = attribute(frame, 'src')
      if (address === undefined || address === '') continue
      const name = attribute(frame, 'title') ?? attribute(frame, 'name') ?? address
      append(list, createElement('li', {}, createElement('a', { href: address }, createText(`[Frame: ${name}]`))))
    }
    for (const frame of elements(body, 'frameset', 'frame')) replace(frame, ...frame.childNodes)
    for (const noframes of elements(body, 'noframes')) showNoframes(noframes, names)
    if (list.childNodes.length === 0) return
    prepend(body, list)
  }
}
