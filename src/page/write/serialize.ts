import type { Encoder } from '../../charset/encoder.js'
import type { Profile } from '../../clients/profile.js'
import { createStartTag, type Writing } from './attributes.js'
import { Composer } from './composer.js'
import { Serializer } from './serializer.js'
import { CONTROLS, createWriting } from './writing.js'
import type { Page } from '../step.js'
import { createElement } from '../tree/tree.js'

/** Colours that every browser shows alike. All of them or none: Netscape 3 would mix in the user's own. */
const BODY_COLOURS = { text: '#000000', link: '#0000CC', vlink: '#551A8B' }

export interface SerializeOptions {
  readonly profile: Profile
  readonly encoder: Encoder
  /** The encoder for titles, where the client shows them in ASCII alone */
  readonly ascii: Encoder
  readonly shorten: Writing['shorten']
  /** The colour of the page: #rrggbb */
  readonly paper?: string | undefined
}

/** The title in one line, cut at a word; libwww prints even &amp; in it unchanged. */
function titleText(
  title: string,
  suffix: string,
  { profile, encoder, ascii }: SerializeOptions,
  writing: Writing
): string {
  const { titles } = profile
  // It is folded first: Chinese grows to three times its length.
  const folded = (titles.ascii ? ascii : encoder).fold(title).replace(CONTROLS, '')
  const whole = (titles.ascii ? folded.replace(/&/g, 'and').replace(/</g, '(').replace(/>/g, ')') : folded)
    .replace(/\s+/g, ' ')
    .trim()
  const length = titles.length - suffix.length
  const cut = whole.length <= length ? whole : `${whole.slice(0, length - 3).replace(/(?<!\s)\s+\S*$/, '')}...`
  return (titles.ascii ? cut : writing.text(cut)) + suffix
}

/** A written page, in the pieces from which documents are made. */
export interface Written {
  /** Everything up to the title */
  readonly head: string
  /** The title, followed by a suffix */
  title(suffix: string): string
  readonly bodyStart: string
  readonly body: string
  readonly foot: string
}

/** Writes a page as text of characters that the client's charset has, valid by the profile's document type. */
export function serialize(page: Page, options: SerializeOptions): Written {
  const { profile, encoder, shorten, paper = '#FFFFFF' } = options
  const writing = createWriting(profile, encoder, shorten)
  const composer = new Composer(profile, writing)
  const startTag = createStartTag(profile.elements, writing)
  const serializer = new Serializer(composer, writing, startTag)
  const body = page.untouched ? page.body : createElement('body', { bgcolor: paper, ...BODY_COLOURS })
  const bodyStart = startTag('BODY', body)
  const doctype = profile.doctype === '' ? '' : `<!DOCTYPE HTML PUBLIC "${profile.doctype}">\n`
  const head = `${doctype}<HTML><HEAD><TITLE>`
  const title = (suffix: string): string => titleText(page.title, suffix, options, writing)
  const written = composer.body(`${head}${title('')}</TITLE></HEAD>\n${bodyStart}`, () =>
    serializer.children(page.body)
  )
  return { head, title, bodyStart, body: written, foot: '</BODY></HTML>\n' }
}
