import type { Ampersand, ContentModel } from '../../clients/profile.js'
import { hideReferences } from '../addresses/raw-ampersand.js'
import { attribute, type Element } from '../tree/tree.js'

/** Pixels, or a share of what is around. */
const LENGTH = /^\d{1,5}%?$/
const COLOUR = /^#[0-9a-f]{6}$/i
/** The name of a frame, or one of the four that begin with a line. */
const FRAME_NAME = /^\w[\w.-]{0,60}$/

/**
 * The values that the document type definitions allow; others are left out. An attribute that is not listed may have
 * any value.
 */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  'P.ALIGN': /^(left|center|right)$/i,
  'IMG.ALIGN': /^(top|middle|bottom|left|right)$/i,
  'CAPTION.ALIGN': /^(top|bottom)$/i,
  'UL.TYPE': /^(disc|square|circle)$/i,
  'OL.TYPE': /^[1aAiI]$/,
  'INPUT.TYPE': /^(text|password|checkbox|radio|submit|reset|file|hidden|image)$/i,
  'FONT.SIZE': /^[+-]?[1-7]$/,
  CLEAR: /^(left|right|all)$/i,
  ALIGN: /^(left|center|right)$/i,
  VALIGN: /^(top|middle|bottom|baseline)$/i,
  'TABLE.WIDTH': LENGTH,
  'TD.WIDTH': LENGTH,
  'TH.WIDTH': LENGTH,
  'HR.WIDTH': LENGTH,
  'MARQUEE.WIDTH': LENGTH,
  WIDTH: /^\d{1,5}$/,
  HEIGHT: /^\d{1,5}$/,
  BORDER: /^\d{1,3}$/,
  HSPACE: /^\d{1,3}$/,
  VSPACE: /^\d{1,3}$/,
  MARGINWIDTH: /^\d{1,4}$/,
  MARGINHEIGHT: /^\d{1,4}$/,
  CELLPADDING: /^\d{1,3}$/,
  CELLSPACING: /^\d{1,3}$/,
  ROWSPAN: /^\d{1,3}$/,
  COLSPAN: /^\d{1,3}$/,
  ROWS: /^\d{1,4}$/,
  COLS: /^\d{1,4}$/,
  SIZE: /^\d{1,5}$/,
  MAXLENGTH: /^\d{1,7}$/,
  START: /^\d{1,6}$/,
  'LI.VALUE': /^\d{1,6}$/,
  SHAPE: /^(rect|circle|poly|default)$/i,
  METHOD: /^(get|post)$/i,
  // Netscape 3 reads #fff as #0f0f0f, and Mosaic ignores colours of fewer than six digits: only six digits are written.
  COLOR: COLOUR,
  BGCOLOR: COLOUR,
  TEXT: COLOUR,
  LINK: COLOUR,
  VLINK: COLOUR,
  ALINK: COLOUR,
  TARGET: FRAME_NAME,
  'FRAME.NAME': FRAME_NAME,
  'FRAMESET.ROWS': /^[\d*%, .]{1,200}$/,
  'FRAMESET.COLS': /^[\d*%, .]{1,200}$/,
  SCROLLING: /^(yes|no|auto)$/i,
  FRAMEBORDER: /^(yes|no|[01])$/i,
  FRAMESPACING: /^\d{1,3}$/,
  BORDERCOLOR: COLOUR,
  ENCTYPE: /^(application\/x-www-form-urlencoded|multipart\/form-data)$/i
}
const MINIMISED = new Set([
  'CHECKED',
  'SELECTED',
  'MULTIPLE',
  'ISMAP',
  'NOSHADE',
  'NOWRAP',
  'NOHREF',
  'COMPACT',
  'NORESIZE'
])
/** The widths of fields, in letters. */
const WIDTHS = new Set(['INPUT.SIZE', 'TEXTAREA.COLS'])
const ADDRESSES = new Set(['HREF', 'SRC', 'ACTION', 'USEMAP', 'BACKGROUND', 'CODEBASE'])

/** Browsers ignore spaces and control characters when they look for the scheme of an address. */
const SCHEME = /^([a-z][a-z0-9+.-]*):/i
const BLANKS = /[\0-\x20\x7F]/g

/** These hold for our own pages too: a template without escaping must not produce an address that runs a script. */
const WRITTEN_SCHEMES = /^(https?|ftp|mailto|gopher|news|nntp|telnet|wais)$/i

/** Replaces an address that may not be written, without which its element would be invalid. */
const NOWHERE = '#top'

/** Whether an address may be written: it is relative, or has a scheme of the time. */
function mayWrite(address: string): boolean {
  const scheme = SCHEME.exec(address.replace(BLANKS, ''))?.[1]
  return scheme === undefined || WRITTEN_SCHEMES.test(scheme)
}

/**
 * Characters that end a value or a tag, or that a charset may fold to such a one (a wide quote); they are written as
 * bytes of UTF-8. Browsers of the time decode no reference in an address, or end the tag at its >.
 */
const UNWRITTEN = /[^ !#-;=?-~]/gu

const percent = (character: string): string =>
  [...Buffer.from(character)].map(byte => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('')

/**
 * Writes an address as the value of an attribute. CERN's libwww and Contiki never decode a value, so that & stays for
 * them. Netscape takes the names of entities as prefixes (&region=3 is ®ion=3), so that & must be escaped.
 */
export function addressValue(address: string, ampersand: Ampersand): string {
  const plain = address.replace(UNWRITTEN, percent)
  if (!plain.includes('&')) return plain
  return ampersand === 'raw' ? hideReferences(plain) : plain.replaceAll('&', '&amp;')
}

/** How the writer writes one kind of client's text and attributes. */
export interface Writing {
  readonly model: ContentModel
  readonly ampersand: Ampersand
  /** The address, or a short one that stands for it */
  shorten(address: string): string
  /** Replaces the characters that the charset lacks: the result is as wide as what will be sent */
  fold(value: string): string
  /** The same, with & < > and, if the client wants it, other characters as references */
  text(value: string): string
  /** The content of a cell that must not be empty */
  readonly filler: string
  /** No field is wider. Characters */
  readonly columns: number
}

/** How one attribute of one element is written. */
interface Rule {
  /** The name in the tree */
  readonly lower: string
  readonly kind: 'minimised' | 'address' | 'value' | 'width' | 'text'
  readonly pattern: RegExp | undefined
}

/** Attributes whose values may be any text, or match a pattern on some elements only. */
const FREE = new Set(['VALUE', 'NAME', 'ALT', 'TITLE'])

function ruleOf(element: string, attribute: string): Rule {
  const pattern = ALLOWED[`${element}.${attribute}`] ?? (FREE.has(attribute) ? undefined : ALLOWED[attribute])
  const kind = MINIMISED.has(attribute)
    ? 'minimised'
    : ADDRESSES.has(attribute)
      ? 'address'
      : attribute === 'VALUE'
        ? 'value'
        : WIDTHS.has(`${element}.${attribute}`)
          ? 'width'
          : 'text'
  return { lower: attribute.toLowerCase(), kind, pattern }
}

/**
 * Writes a value that is text. Mosaic expands references before it splits a tag into attributes, and ends the tag at
 * the first > even within quotes: such characters are replaced. Values that are sent back keep them, as references.
 */
function textValue(kind: Rule['kind'], value: string, writing: Writing): string {
  // The text is folded first: the charset may turn » into >>, and “ into a quote.
  if (kind === 'text')
    return writing
      .text(writing.fold(value.replace(/\s+/g, ' ')).replaceAll('<', '(').replaceAll('>', ')'))
      .replaceAll('"', "'")
  return writing.text(value.replace(/[\t\r]/g, ' ')).replaceAll('"', writing.model === 'html-2.0' ? "'" : '&#34;')
}

function valueText(kind: Rule['kind'], value: string, writing: Writing): string {
  if (kind === 'address') return addressValue(mayWrite(value) ? writing.shorten(value) : NOWHERE, writing.ampersand)
  return kind === 'width' ? String(Math.min(writing.columns, Number(value))) : textValue(kind, value, writing)
}

type Known = Readonly<Record<string, readonly string[]>>

/** What the document type has; who writes anything beyond it is told. */
export interface Declared {
  readonly elements: Known
  readonly onBeyond?: (name: string) => void
}

/**
 * Writes the start tag of an element under a name, with those attributes that the profile and the document type have.
 */
export type StartTag = (name: string, element: Element) => string

export function createStartTag(known: Known, writing: Writing, declared: Declared = { elements: known }): StartTag {
  const rules = new Map<string, ReadonlyArray<readonly [string, Rule]>>()
  /** A page has few of the elements of its profile. */
  const rulesOf = (name: string): ReadonlyArray<readonly [string, Rule]> => {
    let own = rules.get(name)
    if (own === undefined)
      rules.set(name, (own = (known[name] ?? []).map(attribute => [attribute, ruleOf(name, attribute)] as const)))
    return own
  }
  const { elements, onBeyond } = declared
  return (name, element) => {
    const own = elements[name]
    if (own === undefined) onBeyond?.(name)
    if (element.attrs.length === 0) return `<${name}>`
    let tag = `<${name}`
    for (const [written, { lower, kind, pattern }] of rulesOf(name)) {
      const found = attribute(element, lower)
      if (found === undefined) continue
      if (own?.includes(written) === false) onBeyond?.(written)
      if (kind === 'minimised') {
        tag += ` ${written}`
        continue
      }
      const value = pattern === undefined ? found : found.trim()
      if (pattern !== undefined && !pattern.test(value)) continue
      const text = valueText(kind, value, writing)
      // SGML needs no quotes around names and numbers, and every browser accepts that; Mosaic would keep the slash of
      // SRC=/a/.
      tag += kind !== 'address' && /^[A-Za-z0-9]+$/.test(text) ? ` ${written}=${text}` : ` ${written}="${text}"`
    }
    return `${tag}>`
  }
}
