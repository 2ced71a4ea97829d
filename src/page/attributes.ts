import type { Ampersand, ContentModel } from '../clients/profile.js'
import { attribute, type Element } from './tree.js'

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

/** Entity names that Netscape 1-3 and AWeb take for a reference at the beginning of a word, without a semicolon. */
const ENTITY_PREFIX = /^(#|[lL][tT]|[gG][tT]|amp|AMP|quot|QUOT|nbsp|reg|REG|copy|COPY|iexcl|cent|pound|curren|yen|brvbar|sect|uml|ordf|laquo|not|shy|macr|hibar|deg|plusmn|sup[123]|acute|micro|para|middot|cedil|ordm|raquo|frac1[24]|frac34|iquest|[AEIOUYaeiouy](grave|acute|circ|tilde|uml|ring|slash|elig|cedil)|[CcNn](cedil|tilde)|[Aa]ring|AElig|aelig|Oslash|oslash|szlig|times|divide|ETH|eth|THORN|thorn)/

/**
 * An address as an attribute value. CERN's libwww and Contiki never decode a value: & stays as it is. Netscape matches
 * the names of entities as prefixes (&region=3 is ®ion=3), Mosaic does not mind: & is escaped where that would happen.
 */
export function addressValue (address: string, ampersand: Ampersand): string {
  if (ampersand === 'raw' || !address.includes('&')) return address
  if (ampersand === 'escaped') return address.replaceAll('&', '&amp;')
  return address.replace(/&/g, (_, at: number) => ENTITY_PREFIX.test(address.slice(at + 1, at + 9)) ? '&amp;' : '&')
}

/** How the writer writes one kind of client's text and attributes. */
export interface Writing {
  readonly model: ContentModel
  readonly ampersand: Ampersand
  /** Text with what the charset lacks replaced, and & < > and, if the client wants it, other characters as references. */
  text (value: string): string
}

/**
 * A value that is text. Mosaic expands references before it splits a tag into attributes, and ends the tag at the
 * first > even within quotes: such characters are replaced. Values that are sent back keep them, as references.
 */
function textValue (name: string, value: string, writing: Writing): string {
  // Quotes go last: the charset may have turned “ into one.
  if (name !== 'VALUE') return writing.text(value.replace(/\s+/g, ' ').replaceAll('<', '(').replaceAll('>', ')')).replaceAll('"', "'")
  return writing.text(value).replaceAll('"', writing.model === 'html-2.0' ? "'" : '&#34;')
}

/** The start tag of an element with those of its attributes that the profile and the document type know. */
export function startTag (name: string, element: Element, allowed: readonly string[], writing: Writing): string {
  if (element.attrs.length === 0) return `<${name}>`
  let tag = `<${name}`
  for (const known of allowed) {
    const value = attribute(element, known.toLowerCase())
    if (value === undefined) continue
    if (MINIMISED.has(known)) {
      tag += ` ${known}`
      continue
    }
    const pattern = ALLOWED[`${name}.${known}`] ?? (known === 'SIZE' && name === 'FONT' ? undefined : known === 'VALUE' || known === 'NAME' || known === 'ALT' || known === 'TITLE' ? undefined : ALLOWED[known])
    if (pattern !== undefined && !pattern.test(value.trim())) continue
    const written = ADDRESSES.has(known) ? addressValue(value, writing.ampersand) : textValue(known, pattern === undefined ? value : value.trim(), writing)
    // Names and numbers need no quotes in SGML, and every browser takes them so; Mosaic keeps the slash of SRC=/a/.
    tag += /^[A-Za-z0-9]+$/.test(written) ? ` ${known}=${written}` : ` ${known}="${written}"`
  }
  return `${tag}>`
}
