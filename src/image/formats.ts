import type { PageFormat, SaveFormat } from './format.js'
import { bmp } from './formats/bmp.js'
import { gif } from './formats/gif.js'
import { ilbm } from './formats/ilbm.js'
import { jpeg } from './formats/jpeg.js'
import { pict } from './formats/pict.js'
import { png } from './formats/png.js'
import { xbm } from './formats/xbm.js'

/**
 * THE LIST of formats that we write. Those for pages stand in the order in which they are tried: the one that is
 * cheapest is sent. Addresses, profiles and the menu of files to save know those that stand here. Pages are converted
 * where this list is known as well: what is heavy (sharp) is loaded by the format that needs it, when it is written.
 */
export const formats = [
  jpeg, // first: a photograph that came as one need not be reduced to a palette at all
  png, // before GIF and a little dearer: the same pixels, and the older browser draws GIF better, so PNG must pay
  gif, // last: it always works
  bmp,
  pict,
  xbm,
  ilbm
] as const satisfies ReadonlyArray<PageFormat | SaveFormat>

type Format = (typeof formats)[number]

/** The name of a format. */
export type ImageFormat = Format['name']

/** The formats for pages, in the order in which they are tried. */
export const pageFormats: ReadonlyArray<PageFormat & { name: ImageFormat }> = formats.filter(
  format => format.kind === 'page'
)

/** The formats for files to save, which are written only for who asks for one. */
export const saveFormats: ReadonlyArray<SaveFormat & { name: ImageFormat }> = formats.filter(
  format => format.kind === 'save'
)

const isEverywhere = (format: Format): boolean => format.kind === 'page' && 'everywhere' in format

/** As menus show them: what every machine can use comes first. */
const inMenuOrder = (chosen: readonly Format[]): ImageFormat[] =>
  [...chosen.filter(isEverywhere), ...chosen.filter(format => !isEverywhere(format))].map(({ name }) => name)

/** The names of all. */
export const formatNames: readonly ImageFormat[] = inMenuOrder(formats)

/** The names of those for pages. */
export const pageFormatNames: readonly ImageFormat[] = inMenuOrder(formats.filter(({ kind }) => kind === 'page'))

/** Those that can be used whatever the browser shows: any machine has a program for them. */
export const alwaysOffered: ReadonlySet<ImageFormat> = new Set(
  formats.filter(format => format.kind === 'save' || isEverywhere(format)).map(({ name }) => name)
)
