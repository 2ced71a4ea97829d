import type { Ampersand, ContentModel } from '../../clients/profile.js'
import { hideReferences } from '../addresses/raw-ampersand.js'
import { attribute, type Element } from '../tree/tree.js'

/** The values that the document type definitions allow; a value that does not match is left out. Undefined: any. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  'P.ALIGN': /^(left|center|right)$/i,
  'IMG.ALIGN': /^(top|middle|bottom|left|right)$/i,
  'CAPTION.ALIGN': /^(top|bottom)$/i,
  'UL.TYPE': /^(disc|square|circle)$/i,
  'OL.TYPE': /^[1aAiI]$/,
  'INPUT.TYPE': /^(text|password|checkbox|radio|submit|reset|file|hidden|image)$/i,
  'FONT.SIZE': /^[+-]?[1-7]$/,
  ALIGN: /^(left|center|right)$/i,
  VALIGN: /^(top|middle|bottom|baseline)$/i,
  WIDTH: /^\d{1,5}$/,
  HEIGHT: /^\d{1,5}$/,
  BORDER: /^\d{1,3}$/,
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
  // Netscape 3 reads #fff as #0f0f0f and Mosaic ignores fewer than six digits: six or nothing.
  COLOR: /^#[0-9a-f]{6}$/i,
  BGCOLOR: /^#[0-9a-f]{6}$/i,
  TEXT: /^#[0-9a-f]{6}$/i,
  LINK: /^#[0-9a-f]{6}$/i,
  VLINK: /^#[0-9a-f]{6}$/i,
  ENCTYPE: /^(application\/x-www-form-urlencoded|multipart\/form-data)$/i
}
const MINIMISED = new Set(['CHECKED', 'SELECTED', 'MULTIPLE', 'ISMAP', 'NOSHADE', 'NOWRAP', 'NOHREF', 'COMPACT'])
const ADDRESSES = new Set(['HREF', 'SRC', 'ACTION', 'USEMAP'])

/**
 * All that is left of an address once browsers have passed over blanks and control characters, for which they look for
 * no scheme.
 */
const SCHEME = /^([a-z][a-z0-9+.-]*):/i
const BLANKS = /[\0-\x20\x7F]/g

/** Of our own pages too: a template that forgets itself must not make an address that runs. */
const WRITTEN_SCHEMES = /^(https?|ftp|mailto|gopher|news|nntp|telnet|wais)$/i

/** In the place of an address that may not be written: its element is not valid without one. */
const NOWHERE = '#top'

/** Whether an address may be written: it is relative, or has a scheme of the time. */
function mayWrite(address: string): boolean {
  const scheme = SCHEME.exec(address.replace(BLANKS, ''))?.[1]
  return scheme === undefined || WRITTEN_SCHEMES.test(scheme)
}

/**
 * What ends a value or a tag, and what a charset without the letter may fold to that (a wide quote), as bytes of UTF-8:
 * browsers of the time decode no reference in an address, or end the tag at its >.
 */
const UNWRITTEN = /[^ !#-;=?-~]/gu

const percent = (character: string): string =>
  [...Buffer.from(character)].map(byte => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('')

/**
 * An address as an attribute value. CERN's libwww and Contiki never decode a value: & stays as it is for them.
 * Netscape takes the names of entities as prefixes (&region=3 is ®ion=3): it must be escaped.
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
  /** An address as it is, or a short one that stands for it */
  shorten(address: string): string
  /** Text with what the charset lacks replaced, as wide as it will be */
  fold(value: string): string
  /**
   * Text with what the charset lacks replaced, and & < > and, if the client wants it, other characters as references.
   */
  text(value: string): string
  /** What makes an empty cell one with a content */
  readonly filler: string
}

/** How one attribute of one element is written. */
interface Rule {
  /** As in the tree */
  readonly lower: string
  readonly kind: 'minimised' | 'address' | 'value' | 'text'
  readonly pattern: RegExp | undefined
}

/** Attributes whose values are anybody's text, or have a pattern only on some elements. */
const FREE = new Set(['VALUE', 'NAME', 'ALT', 'TITLE'])

function ruleOf(element: string, attribute: string): Rule {
  const pattern = ALLOWED[`${element}.${attribute}`] ?? (FREE.has(attribute) ? undefined : ALLOWED[attribute])
  const kind = MINIMISED.has(attribute)
    ? 'minimised'
    : ADDRESSES.has(attribute)
      ? 'address'
      : attribute === 'VALUE'
        ? 'value'
        : 'text'
  return { lower: attribute.toLowerCase(), kind, pattern }
}

/**
 * A value that is text. Mosaic expands references before it splits a tag into attributes, and ends the tag at the
 * first > even within quotes: such characters are replaced. Values that are sent back keep them, as references.
 */
function textValue(kind: Rule['kind'], value: string, writing: Writing): string {
  // Folded first: the charset may have turned » into >>, and “ into a quote.
  if (kind === 'text')
    return writing
      .text(writing.fold(value.replace(/\s+/g, ' ')).replaceAll('<', '(').replaceAll('>', ')'))
      .replaceAll('"', "'")
  return writing.text(value.replace(/[\t\r]/g, ' ')).replaceAll('"', writing.model === 'html-2.0' ? "'" : '&#34;')
}

/**
 * Writes the start tag of an element under a name: with those of its attributes that the profile and the document type
 * know.
 */
export type StartTag = (name: string, element: Element) => string

export function createStartTag(known: Readonly<Record<string, readonly string[]>>, writing: Writing): StartTag {
  const rules = new Map(
    Object.entries(known).map(([name, attributes]) => [
      name,
      attributes.map(attribute => [attribute, ruleOf(name, attribute)] as const)
    ])
  )
  return (name, element) => {
    if (element.attrs.length === 0) return `<${name}>`
    let tag = `<${name}`
    for (const [written, { lower, kind, pattern }] of rules.get(name) ?? []) {
      const found = attribute(element, lower)
      if (found === undefined) continue
      if (kind === 'minimised') {
        tag += ` ${written}`
        continue
      }
      const value = pattern === undefined ? found : found.trim()
      if (pattern !== undefined && !pattern.test(value)) continue
      const text =
        kind === 'address'
          ? addressValue(mayWrite(value) ? writing.shorten(value) : NOWHERE, writing.ampersand)
          : textValue(kind, value, writing)
      // Names and numbers need no quotes in SGML, and every browser takes them so; Mosaic keeps the slash of SRC=/a/.
      tag += kind !== 'address' && /^[A-Za-z0-9]+$/.test(text) ? ` ${written}=${text}` : ` ${written}="${text}"`
    }
    return `${tag}>`
  }
}
