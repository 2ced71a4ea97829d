import { serializeOuter } from 'parse5'
import { dataImage } from '../images/data-image.js'
import { drawingName, drawingSize } from '../images/drawing-size.js'
import { holdersOf } from '../tree/holders.js'
import type { PageContext, Step } from '../step.js'
import {
  attribute,
  createElement,
  createText,
  elements,
  isText,
  plainText,
  remove,
  replace,
  replaceByAll,
  setAttribute,
  unwrap,
  walk,
  type Element,
  type Node,
  type Parent
} from '../tree/tree.js'

/** A longer drawing, a chart or a map, is not drawn. Characters. */
const SVG_BYTES = 512 * 1024
/** Parts of other drawings that one drawing may use. */
const MOST_USED = 50

const hostOf = (address: string, base: URL): string =>
  URL.canParse(address, base.href) ? new URL(address, base).host.replace(/^www\./, '') : ''

function link(address: string, text: string): Element {
  return createElement('a', { href: address }, createText(text))
}

/** The address of an image: one on our own host for a data: address; undefined if that holds no image. */
function imageAddress(address: string, { outbox }: PageContext): string | undefined {
  if (!/^data:/i.test(address)) return address === '' ? undefined : address
  const bytes = dataImage(address)
  return bytes === undefined ? undefined : outbox.addImage(bytes)
}

/** Replaces a player by [Video: title] with the poster before it, or by [Audio: title]. */
function playerLinks(player: Element, context: PageContext): Node[] {
  const kind = player.tagName === 'video' ? 'Video' : 'Audio'
  const label = attribute(player, 'aria-label') ?? attribute(player, 'title') ?? ''
  const sources = [player, ...elements(player, 'source')]
    .map(element => attribute(element, 'src') ?? attribute(element, 'data-src') ?? '')
    .filter(address => address !== '' && !address.startsWith('blob:'))
  const type = (address: string): string => /\.(\w{2,4})(?:[?#]|$)/.exec(address)?.[1] ?? ''
  const poster = imageAddress(attribute(player, 'poster') ?? '', context)
  const nodes: Node[] =
    poster === undefined ? [] : [createElement('img', { src: poster, alt: label === '' ? kind : label })]
  const address = oneOf(sources, type)
  if (address === undefined) return nodes
  const words = [kind + (label === '' ? '' : `: ${label}`), type(address)].filter(part => part !== '')
  return [...nodes, createText(' '), link(address, `[${words.join(', ')}]`)]
}

/** Forms of one video or sound, the likeliest to be played from a file first. */
const FORMS = ['mp4', 'mp3', 'm4v', 'm4a', 'ogv', 'ogg', 'mov', 'wav']

/** The one of several forms of the same that is linked: a list of pieces for a script (m3u8, mpd) only if it is alone. */
function oneOf(addresses: readonly string[], type: (address: string) => string): string | undefined {
  const form = FORMS.find(form => addresses.some(address => type(address).toLowerCase() === form))
  return addresses.find(address => type(address).toLowerCase() === form) ?? addresses[0]
}

const YOUTUBE = /(?:youtube(?:-nocookie)?\.com\/embed\/|youtu\.be\/)([\w-]{6,})/

/** Replaces a frame by [Frame: title or host]; a video of YouTube by its picture. */
function frameLink(frame: Element, base: URL): Node[] {
  const address = attribute(frame, 'src') ?? attribute(frame, 'data-src') ?? ''
  if (address === '' || /^(about|javascript|data|blob):/i.test(address)) return []
  const title = attribute(frame, 'title')?.trim() ?? ''
  const video = YOUTUBE.exec(address)?.[1]
  if (video !== undefined) {
    const page = `https://www.youtube.com/watch?v=${video}`
    return [
      createElement(
        'a',
        { href: page },
        createElement('img', {
          src: `https://i.ytimg.com/vi/${video}/hqdefault.jpg`,
          alt: 'Video',
          width: '480',
          height: '360'
        })
      ),
      createElement('br'),
      link(page, `[Video: ${title === '' ? 'YouTube' : title}]`)
    ]
  }
  return [link(address, `[Frame: ${title === '' ? hostOf(address, base) : title}]`)]
}

/** The text of a formula: its TeX or ALT by the author, else its symbols in a row. */
function formulaText(math: Element): string {
  const tex = elements(math, 'annotation').find(element => /tex/i.test(attribute(element, 'encoding') ?? ''))
  return attribute(math, 'alttext') ?? (tex === undefined ? plainText(math) : plainText(tex))
}

/**
 * The elements of other drawings in the page that a drawing uses, as definitions, because it is drawn alone. Undefined
 * if one is missing.
 */
function usedParts(svg: Element, named: ReadonlyMap<string, Element>): string | undefined {
  const wanted = elements(svg, 'use').map(use => attribute(use, 'href') ?? attribute(use, 'xlink:href') ?? '')
  if (wanted.length > MOST_USED || wanted.some(address => !address.startsWith('#'))) return undefined
  const parts: string[] = []
  for (const id of new Set(wanted.map(address => address.slice(1)))) {
    if (elements(svg).some(element => attribute(element, 'id') === id)) continue
    const part = named.get(id)
    if (part === undefined) return undefined
    parts.push(serializeOuter(part))
  }
  return parts.length === 0 ? '' : `<defs>${parts.join('')}</defs>`
}

/**
 * Replaces a drawing by an image on our own host, and an icon by nothing: the link or button around it has got its name
 * already.
 */
function svgReplacement(svg: Element, named: ReadonlyMap<string, Element>, context: PageContext): Node[] {
  const size = drawingSize(svg)
  if (size === undefined) return []
  const used = usedParts(svg, named)
  if (used === undefined) return []
  const source = serializeOuter(svg)
    .replace(
      /^<svg(?![^>]*\sxmlns=)/,
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    .replace(/^(<svg[^>]*>)/, `$1${used.replaceAll('$', '$$$$')}`)
  if (source.length > SVG_BYTES) return []
  return [
    createElement('img', {
      src: context.outbox.addImage(Buffer.from(source)),
      alt: drawingName(svg),
      width: String(size.width),
      height: String(size.height)
    })
  ]
}

function inlineImage(image: Element, context: PageContext): void {
  const address = imageAddress(attribute(image, 'src') ?? '', context)
  if (address === undefined) remove(image)
  else setAttribute(image, 'src', address)
}

/** What an address without a title is called by: the file of a sound or a film, else the site of a player. */
const fileOrHost = (address: string, base: URL): string =>
  /^[^?#]*\/([^/?#]+\.(?!html?|php|aspx?|com)[a-z]\w{1,3})(?:[?#]|$)/i.exec(`/${address}`)?.[1] ?? hostOf(address, base)

/** Links to what an OBJECT or EMBED without fallback content would show. */
function embedLink(element: Element, base: URL): Node[] {
  const address = attribute(element, 'data') ?? attribute(element, 'src') ?? ''
  if (address === '' || address.startsWith('data:')) return []
  if (/^image\//i.test(attribute(element, 'type') ?? '') || /\.(gif|jpe?g|png|svg|webp)([?#]|$)/i.test(address))
    return [createElement('img', { src: address, alt: plainText(element) })]
  return [link(address, `[Embedded: ${attribute(element, 'title') ?? fileOrHost(address, base)}]`)]
}

function replaceEmbedded(element: Element, shows: boolean, context: PageContext): void {
  if (shows) unwrap(element)
  else replace(element, ...embedLink(element, context.base))
}

const MEDIA = new Set(['svg', 'math', 'video', 'audio', 'iframe', 'object', 'embed', 'canvas', 'applet', 'img'])
/** These are replaced with all of their content. */
const WHOLE = new Set(['svg', 'math', 'video', 'audio', 'iframe'])

/** Plug-ins of old pages stay for clients that have them. */
const isKept = ({ tagName }: Element, { profile }: PageContext): boolean =>
  (tagName === 'embed' || tagName === 'applet') && profile.elements[tagName.toUpperCase()] !== undefined

/** The media elements in document order, without those within one that is replaced whole. */
function mediaIn(body: Element): Element[] {
  const found: Element[] = []
  walk(body, element => {
    if (MEDIA.has(element.tagName)) found.push(element)
    return !WHOLE.has(element.tagName)
  })
  return found
}

/** The elements that contain text or an image, at any depth. */
const showing = (body: Element): ReadonlySet<Parent> =>
  holdersOf(body, node => (isText(node) ? /\S/.test(node.value) : node.tagName === 'img'))

/** Turns what old browsers cannot show into images and links: SVG, data: images, video, audio, frames, formulas. */
export const replaceMedia: Step = {
  name: 'replace-media',
  run({ body, names }, context) {
    // This comes before any drawing is replaced: the first drawings often only define parts for others.
    const named = new Map(
      names.has('use')
        ? elements(body, 'svg')
            .flatMap(svg => elements(svg))
            .map(element => [attribute(element, 'id') ?? '', element])
        : []
    )
    const shows = names.has('object') || names.has('embed') ? showing(body) : new Set()
    const media = mediaIn(body)
    // All drawings are looked at before the first one goes: what stands beside each is read, and reading what has just
    // changed would take as long as there are children.
    const drawn = new Map(
      media.filter(({ tagName }) => tagName === 'svg').map(svg => [svg, svgReplacement(svg, named, context)])
    )
    for (const element of media) {
      if (isKept(element, context)) continue
      switch (element.tagName) {
        case 'svg':
          replaceByAll(element, drawn.get(element) ?? [])
          break
        case 'math':
          replace(element, createText(formulaText(element)))
          break
        case 'video':
        case 'audio':
          replace(element, ...playerLinks(element, context))
          break
        case 'iframe':
          replace(element, ...frameLink(element, context.base))
          break
        case 'object':
        case 'embed':
          replaceEmbedded(element, shows.has(element), context)
          break
        case 'img':
          if (/^data:/i.test(attribute(element, 'src') ?? '')) inlineImage(element, context)
          break
        default:
          unwrap(element)
      }
    }
  }
}
