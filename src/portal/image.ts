import { sizeText } from '../page/write/size-text.js'
import { frame, html, type Html } from './html.js'

/** An image as it stands in its page. */
export interface ShownImage {
  readonly address: string
  /** pixels */
  readonly width: number
  /** pixels */
  readonly height: number
  /** WIDTH and HEIGHT are written: they are no larger than the browser takes */
  readonly isSized: boolean
}

/** What the page of one image shows and says. */
export interface ImageFacts {
  readonly name: string
  /** Of the file, by its usual name: JPEG; with its size in pixels if known */
  readonly what: string
  /** Of the file. Bytes; undefined if it is too large to be fetched */
  readonly bytes: number | undefined
  /** Undefined: it cannot be converted, or the browser shows no images */
  readonly image: ShownImage | undefined
  /** Address of this page with a larger image, if one would show more */
  readonly larger: string | undefined
  /** Address of this page with the image as large as the screen, when it is larger now */
  readonly fitted: string | undefined
  /** Address of the unchanged bytes */
  readonly full: string
  /** Addresses of the image in other formats, by name */
  readonly formats: ReadonlyArray<readonly [name: string, address: string]>
  readonly portal: string
}

function picture({ image, name }: ImageFacts): Html | string {
  if (image === undefined) return ''
  const size = image.isSized ? html` width="${image.width}" height="${image.height}"` : ''
  return html`<p><img src="${image.address}" alt="${name}"${size}></p>`
}

/** An image on a page of its own: as large as the screen, with a description and ways to get more of it. */
export function imagePage(facts: ImageFacts): Html {
  const { name, what, bytes, image, larger, fitted, full, formats, portal } = facts
  const ways = [
    ...(larger === undefined ? [] : [html`<a href="${larger}">Larger</a> | `]),
    ...(fitted === undefined ? [] : [html`<a href="${fitted}">Fitted to the screen</a> | `]),
    html`<a href="${full}">Full size${bytes === undefined ? '' : `, ${sizeText(bytes)}`}</a>`,
    ...(formats.length === 0
      ? []
      : [html` | Save as ${formats.map(([format, address]) => html`<a href="${address}">${format}</a> `)}`])
  ]
  return frame(
    name,
    html`
${picture(facts)}
<p><b>${name}</b>: ${what}${image === undefined ? '' : `, here ${image.width} x ${image.height}`}</p>
<p>${ways}</p>
<hr>
<p><small><a href="${portal}/settings">Settings</a></small></p>`
  )
}
