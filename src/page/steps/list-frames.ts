import { framesOf } from '../frames/frameset.js'
import { parse } from '../tree/parse.js'
import type { Page, Step } from '../step.js'
import {
  append,
  attribute,
  bodyOf,
  createElement,
  createText,
  elements,
  prepend,
  remove,
  removeAttribute,
  replaceByAll,
  type Element
} from '../tree/tree.js'

/** The content of NOFRAMES is a few lines, or the whole page again. Elements. */
const NOFRAMES_ELEMENTS = 20_000

/** A TITLE in NOFRAMES is left out too; that of an SVG stays. */
const HEAD_PARTS = ['link', 'meta', 'base', 'template', 'param', 'noembed'] as const

/**
 * Parses the content of NOFRAMES, which is raw text to the parser, and adds its elements to those that later steps look
 * for. It is dropped if it has too many.
 */
function showNoframes(noframes: Element, page: Page): void {
  const text = noframes.childNodes.map(node => ('value' in node ? node.value : '')).join('')
  let content
  try {
    content = parse(text, NOFRAMES_ELEMENTS)
  } catch {
    return remove(noframes)
  }
  const body = bodyOf(content.document)
  if (body === undefined || body.tagName === 'frameset') return remove(noframes)
  for (const element of [
    ...elements(body, ...HEAD_PARTS),
    ...elements(body, 'title').filter(title => !title.namespaceURI.includes('svg'))
  ])
    remove(element)
  for (const inner of elements(body, 'noframes')) remove(inner)
  for (const name of content.names) page.names.add(name)
  page.suspects.push(...content.suspects)
  replaceByAll(noframes, body.childNodes)
}

/** The name of a frame; a file name tells something, an address with a query does not. */
function frameName(frame: Element, address: string): string {
  const given = [attribute(frame, 'title'), attribute(frame, 'name')]
    .map(name => name?.trim() ?? '')
    .find(name => name !== '')
  return given ?? address.replace(/[?#].*/s, '')
}

/** A frame that a script fills, or that is a placeholder, has no address to go to. */
const isFrameAddress = (address: string): boolean => address !== '' && !/^(about|javascript|data|blob):/i.test(address)

/**
 * Turns a frameset, with those nested in it, into a list of its frames, followed by its content for browsers without
 * frames. For those that have them the frames are kept beside it.
 */
export const listFrames: Step = {
  name: 'list-frames',
  run(page, context) {
    const { body, names } = page
    if (!names.has('frameset') && !names.has('noframes')) return
    if (body.tagName === 'frameset' && context.profile.elements.FRAMESET !== undefined && page.untouched)
      page.frames ??= framesOf(body, context)
    // What is written of it is a BODY, whose ground goes with the colour of letters (R28); a frameset has no letters.
    if (body.tagName === 'frameset') removeAttribute(body, 'bgcolor')
    const list = createElement('ul')
    for (const frame of elements(body, 'frame')) {
      const address = attribute(frame, 'src')?.trim() ?? ''
      if (!isFrameAddress(address)) continue
      append(
        list,
        createElement(
          'li',
          {},
          createElement('a', { href: address }, createText(`[Frame: ${frameName(frame, address)}]`))
        )
      )
    }
    for (const frame of elements(body, 'frameset', 'frame')) replaceByAll(frame, frame.childNodes)
    for (const noframes of elements(body, 'noframes')) showNoframes(noframes, page)
    if (list.childNodes.length === 0) return
    prepend(body, list)
  }
}
