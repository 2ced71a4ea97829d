import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ClientRules } from '../src/clients/rules.js'
import type { Profile } from '../src/clients/profile.js'
import type { PageJob } from '../src/page/convert.js'
import type { View } from '../src/page/step.js'

/** The paths of all pages in a folder and those below it: .html and .html.gz, sorted. */
export function pagesIn(folder: string): string[] {
  const paths = readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? pagesIn(path) : /\.html(\.gz)?$/.test(name) ? [path] : []
  })
  return paths.sort()
}

export function readPage(path: string): Buffer {
  const bytes = readFileSync(path)
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

/** A page as one profile gets it in one view, with all that the foot of a page can say. */
export function jobFor(bytes: Buffer, profile: Profile, view: View, rules: ClientRules): PageJob {
  return {
    bytes,
    profile,
    view,
    display: rules.displays.get('col256')!,
    contentType: 'text/html',
    url: 'https://www.example.com/news/page.html',
    choices: { images: 'inline', originalSource: 'bottom', figures: 'on', feedLinks: 'on', archiveLink: 'on' },
    portal: 'http://retrograde',
    gateway: '',
    originBytes: bytes.length,
    maxElements: 100_000
  }
}
