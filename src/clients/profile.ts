import type { ImageFormat } from '../image/formats.js'
import type { FixedPaletteName } from '../image/look.js'

export type ContentModel = 'html-2.0' | 'html-3.2' | 'html-4.01'
export type Ampersand = 'raw' | 'escaped'

/** What a family of browsers can take; one file of rules/profiles, explained field by field in its schema. */
export interface Profile {
  readonly id: string
  readonly title: string
  readonly html: ContentModel
  readonly doctype: string
  readonly elements: Readonly<Record<string, readonly string[]>>
  /** What its browsers know beyond the document type: pages of their own time are sent with it */
  readonly period?: { readonly elements: Readonly<Record<string, readonly string[]>> }
  readonly text: {
    readonly charset: string
    readonly references: boolean
    /** &amp; &lt; &gt; are understood; false: they are spelt otherwise */
    readonly escapes: boolean
    readonly nameCharset: boolean | 'foreign'
    readonly macSafe: boolean
  }
  readonly ampersand: Ampersand
  /** Addresses on the host that the client has a page from are written as paths */
  readonly paths?: boolean
  readonly titles: { readonly length: number; readonly ascii: boolean }
  readonly tables: {
    readonly maxDepth: number
    readonly maxColumns: number
    /** False: CAPTION is drawn below the table or not at all */
    readonly captions?: boolean
    readonly grid?: boolean
  }
  readonly images: {
    readonly show: boolean
    readonly formats: readonly ImageFormat[]
    /** pixels */
    readonly maxWidth: number
    /** pixels */
    readonly maxHeight: number
    readonly maxColours: number
    readonly animation: boolean
    readonly progressive: boolean
    /** Bitmaps of X Window are drawn */
    readonly xbm?: boolean
    readonly sizes: boolean
    /** Accept may add PNG and progressive JPEG */
    readonly accept: boolean
  }
  readonly forms: {
    readonly show: boolean
    readonly post: boolean
    readonly upload: boolean
    readonly textType: boolean
    /** False: text behind a form goes on in its last line */
    readonly endLines?: boolean
    /** Only fields of one line and named buttons are drawn, and nothing is encoded that they send */
    readonly simple: boolean
  }
  readonly errorStatus: boolean
  /** Elements whose end tag may be left out, and is written all the same */
  readonly endTags: readonly string[]
  /** False: a line break right behind a tag is lost, and not a space */
  readonly breaksBehindTags?: boolean
  /** Letters in a line of PRE, and in a field at most */
  readonly preColumns: number
  readonly budget: {
    /** A longer page is sent in parts. Bytes */
    readonly pageBytes: number
    /** A page with more links is sent in parts; undefined: any number */
    readonly links?: number
    /** A longer address gets a short one on the proxy. Characters */
    readonly addressLength: number
    /** Never more than pageBytes, whatever a person chose: the browser's memory holds no more */
    readonly always?: boolean
  }
  /** own: the client keeps its cookies; jar: the proxy keeps them for it */
  readonly cookies: 'own' | 'jar'
}

/** A screen: usable pixels, palette, dithering. */
export interface Display {
  readonly id: string
  readonly title: string
  readonly width: number
  readonly height: number
  readonly palette: number | FixedPaletteName | 'amiga16' | 'amiga32'
  readonly dither: 'none' | 'floyd-steinberg' | 'atkinson' | 'bayer' | 'bayer8'
  readonly jpeg: boolean
  /** Colour of the page, #RRGGBB; undefined: white */
  readonly paper?: string
  /** One image is to be no larger: it gets fewer colours, then fewer pixels. Bytes */
  readonly imageBytes?: number
  /** The images of one page together, estimated; those beyond are links. Bytes */
  readonly pageImageBytes?: number
  /** A longer page is sent in parts, whatever the profile could take. Bytes */
  readonly pageBytes?: number
  /** User-Agents that have such a screen at most, whatever their line says */
  readonly hint?: string
}

/** A profile of fields that the schema was held against. */
export function checkedProfile(id: string, fields: Readonly<Record<string, unknown>>): Profile {
  const profile: object = { id, ...fields }
  return profile as Profile
}
