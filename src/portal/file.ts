import { frame, html, type Html } from './html.js'

/** What a person is told about a file before downloading it. Empty means not known. */
export interface FileFacts {
  readonly title: string
  readonly type: string
  readonly name: string
  readonly size: string
  /** Last-Modified, as it came */
  readonly changed: string
  readonly address: string
  /** Address of its bytes */
  readonly download: string
  readonly portal: string
}

/** A page about a file that no browser of the time can show: what it is, how large, and a link to it. */
export function filePage({ title, type, name, size, changed, address, download, portal }: FileFacts): Html {
  return frame(
    name,
    html`
<h1>${name}</h1>
<p>This is a ${title} (${type})${size === '' ? ', of unknown size' : html`, ${size}`}. Your browser cannot show it.</p>
${changed === '' ? '' : html`<p>Last changed: ${changed}</p>`}
<p><a href="${download}"><b>Download${size === '' ? '' : html` (${size})`}</b></a></p>
<hr>
<p><small><a href="${address}">Original source</a> (on modern site) | <a href="${portal}/settings">Settings</a></small></p>`
  )
}
