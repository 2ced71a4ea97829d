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

/** A line that stands at an end of the body, up to or from `at`, or within it (undefined). */
export interface WrittenLine {
  readonly place: 'top' | 'bottom'
  readonly at: number | undefined
  /** As further parts of the page have it */
  further(): string
}

/** Where in a written body there is what its parts are made by. Characters */
export interface Marks {
  /** What stands behind the content: where it begins, and what it holds */
  readonly rest?: { readonly at: number; readonly told: string }
  /** The Original source line */
  readonly line?: WrittenLine
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
  readonly marks: Marks
}

/** Where the serializer met what a page names; with all that was written before the body. Characters */
interface Met {
  readonly restAt: number | undefined
  readonly edgeAt: number | undefined
}

interface Body {
  /** What was written before it. Characters */
  readonly start: number
  readonly body: string
  readonly hasRules: boolean
  text(told: string): string
  /** Writes what stands in an element, on its own */
  write(element: Element): string
}

/** Finds the marks of a page in what was written of it. */
export function marksOf({ rest, line }: Page, { restAt, edgeAt }: Met, { start, body, ...as }: Body): Marks {
  const marks =
    rest === undefined || restAt === undefined ? {} : { rest: { at: restAt - start, told: as.text(rest.told) } }
  if (line === undefined) return marks
  const { place, further } = line
  const edge = edgeAt === undefined ? -1 : edgeAt - start
  // The end tags of what stands above it may come first.
  const at = edge >= 0 && place === 'bottom' ? body.indexOf(as.hasRules ? '<HR' : '<P', edge) : edge
  return {
    ...marks,
    line: {
      place,
      at: at < 0 ? undefined : at,
      further: () => as.write(createElement('body', {}, createElement('p', {}, further)))
    }
  }
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
  const before = `${doctype}${head}${title('')}</TITLE></HEAD>\n${bodyStart}`
  const written = composer.body(before, () =>
    serializer.children(page.body, { rest: page.rest?.nodes, edge: page.line?.edge })
  )
  const marks = marksOf(page, serializer, {
    start: before.length,
    body: written,
    hasRules: profile.elements.HR !== undefined,
    text: told => writing.text(told),
    write(element) {
      const own = new Composer(profile, writing)
      return own.body('', () => new Serializer(own, writing, startTag).children(element)).trim()
    }
  })
  if (frames !== undefined)
    return {
      head: `<!DOCTYPE HTML PUBLIC "${FRAMESET}">\n${head}`,
      title,
      bodyStart: `${writeFrames(frames, startTag)}<NOFRAMES>${bodyStart}`,
      body: written,
      foot: '</BODY></NOFRAMES></FRAMESET></HTML>\n',
      marks
    }
  return {
    head: `${beyond.size > 0 ? '' : doctype}${head}`,
    title,
    bodyStart,
    body: written,
    foot: '</BODY></HTML>\n',
    marks
  }
}
