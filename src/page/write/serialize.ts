import type { Encoder } from '../../charset/encoder.js'
import type { Profile } from '../../clients/profile.js'
import { createStartTag, type StartTag, type Writing } from './attributes.js'
import { Composer } from './composer.js'
import { Serializer } from './serializer.js'
import { CONTROLS, createWriting } from './writing.js'
import type { Page } from '../step.js'
import { createElement, isElement, type Element } from '../tree/tree.js'

/** The only document type that has frames; a page with more than its own has says none. */
const FRAMESET = '-//W3C//DTD HTML 4.01 Frameset//EN'

/** Colours that every browser shows alike. All of them or none: Netscape 3 would mix in the user's own. */
const BODY_COLOURS = { text: '#000000', link: '#0000CC', vlink: '#551A8B' }

export interface SerializeOptions {
  readonly profile: Profile
  /** What its document type has, if the profile is that of a page of its time */
  readonly declared?: Profile['elements']
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

/** Writes the start tags of a frameset and all that is in it, and the end tags of those within. */
function writeFrames(frameset: Element, startTag: StartTag): string {
  const inner = frameset.childNodes
    .filter(isElement)
    .map(element =>
      element.tagName === 'frameset'
        ? `${writeFrames(element, startTag)}</FRAMESET>\n`
        : `${startTag('FRAME', element)}\n`
    )
  return `${startTag('FRAMESET', frameset)}\n${inner.join('')}`
}

/** Writes a page as text of characters that the client's charset has, valid by the profile's document type. */
export function serialize(page: Page, options: SerializeOptions): Written {
  const { profile, encoder, shorten, paper = '#FFFFFF' } = options
  const writing = createWriting(profile, encoder, shorten)
  const composer = new Composer(profile, writing)
  const beyond = new Set<string>()
  const startTag = createStartTag(profile.elements, writing, {
    elements: options.declared ?? profile.elements,
    onBeyond: name => beyond.add(name)
  })
  const serializer = new Serializer(composer, writing, startTag)
  const { frames } = page
  const body =
    page.untouched && frames === undefined ? page.body : createElement('body', { bgcolor: paper, ...BODY_COLOURS })
  const bodyStart = startTag('BODY', body)
  const title = (suffix: string): string => titleText(page.title, suffix, options, writing)
  const doctype = profile.doctype === '' ? '' : `<!DOCTYPE HTML PUBLIC "${profile.doctype}">\n`
  const head = '<HTML><HEAD><TITLE>'
  const written = composer.body(`${doctype}${head}${title('')}</TITLE></HEAD>\n${bodyStart}`, () =>
    serializer.children(page.body)
  )
  if (frames !== undefined)
    return {
      head: `<!DOCTYPE HTML PUBLIC "${FRAMESET}">\n${head}`,
      title,
      bodyStart: `${writeFrames(frames, startTag)}<NOFRAMES>${bodyStart}`,
      body: written,
      foot: '</BODY></NOFRAMES></FRAMESET></HTML>\n'
    }
  return {
    head: `${beyond.size > 0 ? '' : doctype}${head}`,
    title,
    bodyStart,
    body: written,
    foot: '</BODY></HTML>\n'
  }
}
